#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "collector/os/failure.h"
#include "collector/os/user_input.h"

namespace casepack::os {

using base::Code;
using base::Status;

base::Result<UserInput> UserInput::Open(const std::string& path) {
  UserInput input;
  input.path_ = path;
  if (path != "-") {
    input.file_ = Handle(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!input.file_.ok()) {
      const bool denied = errno == EACCES || errno == EPERM;
      return denied ? Status(Code::kDenied, {"os.user_file.denied", {{"path", path}}})
                    : Status(Code::kMissing, {"os.user_file.missing", {{"path", path}}});
    }
  }
  struct stat info {};
  if (fstat(input.handle(), &info) != 0) return FileFailure(errno, path);
  if (S_ISDIR(info.st_mode)) {
    return Status(Code::kInvalid, {"os.user_file.folder", {{"path", path}}});
  }
  if (S_ISREG(info.st_mode) && lseek(input.handle(), 0, SEEK_CUR) == 0) {
    input.size_ = static_cast<uint64_t>(info.st_size);
  }
  return input;
}

int UserInput::handle() const { return file_.ok() ? file_.get() : STDIN_FILENO; }

base::Result<size_t> UserInput::Read(std::span<char> buffer) {
  while (true) {
    const ssize_t got = read(handle(), buffer.data(), buffer.size());
    if (got >= 0) return static_cast<size_t>(got);
    if (errno != EINTR) return FileFailure(errno, path_);
  }
}

base::Result<size_t> UserInput::ReadAt(uint64_t offset, std::span<char> buffer) {
  size_t done = 0;
  while (done < buffer.size()) {
    const ssize_t got = pread(handle(), buffer.data() + done, buffer.size() - done,
                              static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileFailure(errno, path_);
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

}  // namespace casepack::os
