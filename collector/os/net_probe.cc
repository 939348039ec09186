#include "collector/os/net_probe.h"

#include <algorithm>
#include <optional>

#include "collector/os/net_target.h"
#include "collector/os/net_waits.h"

namespace casepack::os {
namespace {

constexpr size_t kAtOnce = 64;  // bounds our descriptors and the programs that we start
constexpr auto kLook = std::chrono::milliseconds(50);  // a stop flag wakes nobody

struct Running {
  size_t at;  // in the list of targets
  std::unique_ptr<TargetProbe> probe;
};

}  // namespace

std::vector<ProbeReport> RunProbes(const std::vector<ProbeTarget>& targets,
                                   const ProbeSettings& settings, const ProbeLimits& limits) {
  const TlsSettings tls(settings.roots_pem);
  const TargetProbe::Shared shared{settings, tls, limits};
  std::vector<ProbeReport> reports(targets.size());
  std::vector<Running> running;
  size_t next = 0;
  while (!limits.whole.Expired() && (next < targets.size() || !running.empty())) {
    for (; next < targets.size() && running.size() < kAtOnce; ++next) {
      const auto number = static_cast<uint16_t>(0x4350U + next);
      running.push_back({next, std::make_unique<TargetProbe>(targets[next], number, shared)});
    }
    Waits waits;
    for (Running& one : running) {
      one.probe->Step();
      if (one.probe->done()) {
        reports[one.at] = one.probe->Report();
        one.probe.reset();
      } else {
        one.probe->Wait(waits);
      }
    }
    const size_t finished =
        std::erase_if(running, [](const Running& one) { return one.probe == nullptr; });
    if (finished > 0) continue;  // there may be room for another
    waits.Sleep(std::min(limits.whole.at, std::chrono::steady_clock::now() + kLook));
  }
  for (const Running& one : running)
    reports[one.at] = one.probe->Report();
  for (; next < targets.size(); ++next)
    reports[next].dns.reason = "not_begun";
  return reports;
}

}  // namespace casepack::os
