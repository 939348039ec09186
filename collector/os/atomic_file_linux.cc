// AtomicFile of output.h.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "collector/os/failure.h"
#include "collector/os/inode.h"
#include "collector/os/output.h"
#include "collector/os/write.h"

namespace casepack::os {
namespace {

using base::Status;

constexpr mode_t kPrivate = S_IRUSR | S_IWUSR;
constexpr unsigned kNoReplace = 1;  // RENAME_NOREPLACE: since Linux 3.15

bool Exists(int folder, const std::string& name) {
  struct stat ignored {};
  return fstatat(folder, name.c_str(), &ignored, AT_SYMLINK_NOFOLLOW) == 0;
}

std::string OwnLink(int handle) { return "/proc/self/fd/" + std::to_string(handle); }

// A file without a name gets one by way of /proc, which a bare chroot does not have.
bool CanBeNamed(int handle) {
  struct stat by_handle {};
  struct stat by_name {};
  return fstat(handle, &by_handle) == 0 && stat(OwnLink(handle).c_str(), &by_name) == 0 &&
         by_handle.st_dev == by_name.st_dev && by_handle.st_ino == by_name.st_ino;
}

// For file systems without hard links. Never onto a name that exists, though the oldest
// kernels cannot do that in one step.
int RenameNew(int folder, const std::string& from, const std::string& to) {
  if (syscall(SYS_renameat2, folder, from.c_str(), folder, to.c_str(), kNoReplace) == 0) return 0;
  if (errno != ENOSYS && errno != EINVAL) return errno;
  if (Exists(folder, to)) return EEXIST;
  return renameat(folder, from.c_str(), folder, to.c_str()) == 0 ? 0 : errno;
}

void SplitPath(const std::string& path, std::string* folder, std::string* name) {
  const size_t slash = path.rfind('/');
  *name = slash == std::string::npos ? path : path.substr(slash + 1);
  *folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

}  // namespace

base::Result<AtomicFile> AtomicFile::Create(const std::string& path,
                                            std::vector<std::string> others) {
  AtomicFile file;
  std::string folder;
  file.path_ = path;
  file.others_ = std::move(others);
  SplitPath(path, &folder, &file.name_);
  if (file.name_.empty() || file.name_ == "." || file.name_ == "..") {
    return OutputFailure(EISDIR, path);
  }
  file.folder_.Reset(open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!file.folder_.ok()) return OutputFailure(errno, path);
  for (;;) {
    const bool taken = Exists(file.folder_.get(), file.name_);
    Status opened = taken ? OutputFailure(EEXIST, file.path_) : file.Open();
    if (opened.ok()) return file;
    if (opened.code() != base::Code::kExists || !file.TakeNextName()) return opened;
  }
}

bool AtomicFile::TakeNextName() {
  if (others_.empty()) return false;
  path_.replace(path_.size() - name_.size(), name_.size(), others_.front());
  name_ = others_.front();
  others_.erase(others_.begin());
  return true;
}

Status AtomicFile::Open() {
  const int folder = folder_.get();
  file_.Reset(openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, kPrivate));
  if (!file_.ok() || !CanBeNamed(file_.get())) {
    const std::string partial = name_ + ".partial";
    const int flags = O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC;
    file_.Reset(openat(folder, partial.c_str(), flags, kPrivate));
    if (!file_.ok()) return OutputFailure(errno, errno == EEXIST ? path_ + ".partial" : path_);
    partial_ = partial;
  }
  // Whatever the umask and the folder's default rights say.
  if (fchmod(file_.get(), kPrivate) != 0) return OutputFailure(errno, path_);
  return {};
}

Status AtomicFile::Write(std::string_view bytes) {
  if (!failure_.ok()) return failure_;
  if (const int error = WriteAll(file_.get(), bytes); error != 0) {
    failure_ = OutputFailure(error, path_);
  }
  return failure_;
}

// Gives it its name, unless there is something of that name by now.
int AtomicFile::Publish() {
  const int folder = folder_.get();
  if (partial_.empty()) {
    const std::string own = OwnLink(file_.get());
    const int linked = linkat(AT_FDCWD, own.c_str(), folder, name_.c_str(), AT_SYMLINK_FOLLOW);
    return linked == 0 ? 0 : errno;
  }
  Handle place;
  FileInfo named;
  FileInfo ours;
  int error = OpenPlace(folder, partial_, &place);
  if (error == 0) error = InfoOf(place.get(), &named);
  if (error == 0) error = InfoOf(file_.get(), &ours);
  // Somebody put another file in its place: that is not ours to publish or to remove.
  if (error == 0 && !SameFile(named, ours)) error = ESTALE;
  if (error != 0) {
    partial_.clear();
    return error;
  }
  if (linkat(folder, partial_.c_str(), folder, name_.c_str(), 0) != 0) {
    if (errno == EEXIST) return errno;
    error = RenameNew(folder, partial_, name_);
    if (error == 0) partial_.clear();
    return error;
  }
  unlinkat(folder, std::exchange(partial_, {}).c_str(), 0);
  return 0;
}

Status AtomicFile::Commit() {
  if (!failure_.ok()) return failure_;
  int error = fsync(file_.get()) == 0 ? 0 : errno;
  if (error == 0) error = Publish();
  while (error == EEXIST && TakeNextName())
    error = Publish();
  if (error == 0) {
    error = file_.Close();
    // Some file systems cannot sync a folder, and one may write to a folder without the
    // right to read it: the file is there all the same.
    const Handle folder(openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.ok()) fsync(folder.get());
  }
  if (error != 0) failure_ = OutputFailure(error, path_);
  return failure_;
}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
  if (this != &other) {
    Discard();
    folder_ = std::move(other.folder_);
    file_ = std::move(other.file_);
    path_ = std::move(other.path_);
    name_ = std::move(other.name_);
    others_ = std::move(other.others_);
    partial_ = std::exchange(other.partial_, {});
    failure_ = std::move(other.failure_);
  }
  return *this;
}

void AtomicFile::Discard() {
  if (folder_.ok() && !partial_.empty()) unlinkat(folder_.get(), partial_.c_str(), 0);
  partial_.clear();
}

}  // namespace casepack::os
