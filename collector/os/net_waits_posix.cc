#include <poll.h>

#include "collector/os/net_waits.h"

namespace casepack::os {

void Waits::Sleep(base::Instant latest) const {
  std::vector<pollfd> polled;
  polled.reserve(ones_.size());
  for (const One& one : ones_) {
    const int events = (one.read ? POLLIN : 0) | (one.write ? POLLOUT : 0);
    polled.push_back({one.descriptor, static_cast<short>(events), 0});
  }
  const auto left = std::min(until_, latest) - std::chrono::steady_clock::now();
  // Rounded up: a wait that ends too early would be begun again and again.
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(left).count();
  const int timeout = static_cast<int>(std::clamp<int64_t>(milliseconds, 0, 60'000));
  poll(polled.data(), polled.size(), timeout);
}

}  // namespace casepack::os
