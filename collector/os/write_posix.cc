#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>

#include "collector/os/write.h"

namespace casepack::os {

// How long a reader of ours may take no byte at all.
constexpr int kPatienceMs = 10 * 60 * 1000;

int WriteAll(int handle, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(handle, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<size_t>(count));
    } else if (errno == EAGAIN) {
      // A reader that goes away ends the wait too; the next write says so.
      pollfd writable{handle, POLLOUT, 0};
      const int ready = poll(&writable, 1, kPatienceMs);
      if (ready == 0) return ETIMEDOUT;
      if (ready < 0 && errno != EINTR) return errno;
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

int WriteAllAt(int handle, std::string_view bytes, uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t count = pwrite(handle, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    bytes.remove_prefix(static_cast<size_t>(count));
    offset += static_cast<uint64_t>(count);
  }
  return 0;
}

}  // namespace casepack::os
