// TempFile of output.h.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include "collector/os/failure.h"
#include "collector/os/output.h"
#include "collector/os/user_file.h"
#include "collector/os/write.h"

namespace casepack::os {

using base::Status;

TempFile::TempFile(Handle file, std::string folder)
    : file_(std::move(file)), folder_(std::move(folder)) {}

base::Result<TempFile> TempFile::Create(const std::string& folder) {
  // O_EXCL: it can never get a name.
  Handle file(open(folder.c_str(), O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600));
  if (!file.ok()) {
    std::string name = folder + "/.casepack-XXXXXX";
    file.Reset(mkostemp(name.data(), O_CLOEXEC));
    if (!file.ok()) return OutputFailure(errno, folder);
    unlink(name.c_str());
  }
  return TempFile(std::move(file), folder);
}

TempFile::TempFile(TempFile&& other) noexcept
    : file_(std::move(other.file_)),
      folder_(std::move(other.folder_)),
      size_(other.size_),
      failure_(std::move(other.failure_)) {}

base::Result<uint64_t> TempFile::Append(std::string_view bytes) {
  uint64_t offset = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!failure_.ok()) return failure_;
    offset = std::exchange(size_, size_ + bytes.size());
  }
  // Each writes to its own part, so nobody waits for another's disk.
  const int error = WriteAllAt(file_.get(), bytes, offset);
  if (error == 0) return offset;
  const std::lock_guard lock(mutex_);
  if (failure_.ok()) failure_ = OutputFailure(error, folder_);
  return failure_;
}

Status TempFile::ReadAt(uint64_t offset, std::span<char> buffer) const {
  while (!buffer.empty()) {
    const ssize_t count =
        pread(file_.get(), buffer.data(), buffer.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return OutputFailure(count == 0 ? EIO : errno, folder_);
    offset += static_cast<uint64_t>(count);
    buffer = buffer.subspan(static_cast<size_t>(count));
  }
  return {};
}

void TempFile::Release(uint64_t offset, uint64_t length) {
  // Where the file system cannot, the space comes back at the end.
  (void)fallocate(file_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                  static_cast<off_t>(offset), static_cast<off_t>(length));
}

uint64_t TempFile::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

std::string TempFolder() {
  const char* named = std::getenv("TMPDIR");
  if (named != nullptr && named[0] == '/' && IsFolder(named)) return named;
  return IsFolder("/var/tmp") ? "/var/tmp" : "/tmp";
}

}  // namespace casepack::os
