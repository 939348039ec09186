#include "collector/os/net_verdict.h"

namespace casepack::os {
namespace {

// The layer that answers what was asked.
std::string_view Goal(ProbeScheme scheme) {
  switch (scheme) {
    case ProbeScheme::kDns:
      return "dns";
    case ProbeScheme::kIcmp:
      return "icmp";
    case ProbeScheme::kTcp:
      return "tcp";
    case ProbeScheme::kTls:
      return "tls";
    case ProbeScheme::kNtp:
      return "ntp";
    case ProbeScheme::kHttp:
    case ProbeScheme::kHttps:
      break;
  }
  return "http";
}

}  // namespace

std::array<NamedLayer, 7> LayersOf(const ProbeReport& report) {
  return {{{"dns", &report.dns},
           {"icmp", &report.icmp},
           {"tcp", &report.tcp},
           {"proxy", &report.proxy},
           {"tls", &report.tls},
           {"http", &report.http},
           {"ntp", &report.ntp}}};
}

Verdict Judge(ProbeScheme scheme, const ProbeReport& report) {
  const std::string_view goal = Goal(scheme);
  for (const auto& [name, layer] : LayersOf(report)) {
    if (name == "icmp" && name != goal) continue;
    const bool bad =
        layer->state == LayerState::kFailed || layer->state == LayerState::kNotPermitted;
    const bool missing = layer->state == LayerState::kSkipped && name == goal;
    // The name of an address is no question.
    if (missing && name == "dns" && layer->reason == "is_address") continue;
    if (bad || missing) return {layer->state, std::string(name), layer->reason};
  }
  return {};
}

}  // namespace casepack::os
