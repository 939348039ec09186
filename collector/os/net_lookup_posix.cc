#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string_view>

#include "collector/os/net_address.h"
#include "collector/os/net_lookup.h"
#include "collector/os/read.h"

namespace casepack::os {
namespace {

constexpr size_t kMaxOutput = 64U << 10U;
constexpr size_t kMaxAddresses = 32;
constexpr auto kLook = std::chrono::milliseconds(20);  // for an exit: nothing wakes us
constexpr int kNotFound = 2;                           // getent(1): one or more keys not found

// True once there will be no more to read.
bool Drain(int descriptor, std::string* kept) {
  char buffer[4096];
  while (true) {
    const ssize_t got = read(descriptor, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
    if (kept != nullptr && kept->size() < kMaxOutput) {
      kept->append(buffer, static_cast<size_t>(got));
    }
  }
}

}  // namespace

std::vector<std::string> ParseAhosts(std::string_view output) {
  std::vector<std::string> addresses;
  for (const std::string_view line : Lines(output)) {
    const std::string address = Normal(std::string(line.substr(0, line.find_first_of(" \t"))));
    if (!IsAddress(address) || addresses.size() >= kMaxAddresses) continue;
    if (std::find(addresses.begin(), addresses.end(), address) == addresses.end()) {
      addresses.push_back(address);
    }
  }
  return addresses;
}

NameLookup::NameLookup(const std::string& getent, const std::string& name, base::Instant end)
    : NetPart(end) {
  if (!getent.empty()) {
    auto child = Child::Start({.argv = {getent, "ahosts", name}, .environment = {}});
    if (child) child_.emplace(std::move(*child));
  }
  if (!child_) Finish(LayerState::kSkipped, "no_getent");
}

void NameLookup::Step() {
  if (done()) return;
  const bool closed = Drain(child_->out.get(), &output_);
  Drain(child_->err.get(), nullptr);
  if (closed && child_->Exited()) {
    const Exit exit = child_->Reap();
    mutable_result().addresses = ParseAhosts(output_);
    const bool exited = exit.how == Exit::How::kExited;
    if (exited && exit.code == kNotFound) return Fail("not_found");
    // One that does not know `ahosts`, or broke, says nothing about the name.
    if (!exited || exit.code != 0) return Finish(LayerState::kSkipped, "getent_failed");
    return result().addresses.empty() ? Fail("no_address") : Finish(LayerState::kOk);
  }
  if (!Late()) return;
  child_.reset();  // its group is killed
  Fail("timeout");
}

void NameLookup::Wait(Waits& waits) const {
  if (done()) return;
  waits.ToRead(child_->out.get());
  waits.Until(std::min(end(), std::chrono::steady_clock::now() + kLook));
}

}  // namespace casepack::os
