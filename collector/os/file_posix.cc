#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "collector/os/failure.h"
#include "collector/os/file.h"

namespace casepack::os {

File::File(File&& other) noexcept : handle_(std::exchange(other.handle_, -1)), info_(other.info_) {}

File& File::operator=(File&& other) noexcept {
  if (this != &other) {
    Close();
    handle_ = std::exchange(other.handle_, -1);
    info_ = other.info_;
  }
  return *this;
}

void File::Close() {
  if (handle_ >= 0) close(std::exchange(handle_, -1));
}

base::Result<size_t> File::Read(std::span<char> buffer) {
  while (true) {
    const ssize_t count = read(handle_, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<size_t>(count);
    if (errno != EINTR) return FileFailure(errno, {});
  }
}

base::Status File::Seek(uint64_t offset) {
  if (lseek(handle_, static_cast<off_t>(offset), SEEK_SET) >= 0) return {};
  return FileFailure(errno, {});
}

uint64_t File::NextData(uint64_t from) const {
  const off_t here = lseek(handle_, 0, SEEK_CUR);
  const off_t data = lseek(handle_, static_cast<off_t>(from), SEEK_DATA);
  const int error = errno;
  if (here >= 0) lseek(handle_, here, SEEK_SET);
  if (data >= 0) return static_cast<uint64_t>(data);
  // Nothing but a hole from there on, or `from` is behind the end: that is the end.
  if (error == ENXIO) return from > info_.size ? from : info_.size;
  return from;
}

}  // namespace casepack::os
