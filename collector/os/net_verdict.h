// Which layer decides about a target, and how. Pure, any thread.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "collector/os/net.h"

namespace casepack::os {

struct NamedLayer {
  std::string_view name;  // "dns"
  const Layer* layer;     // in the report
};
// All of them in the order in which they are gone through.
std::array<NamedLayer, 7> LayersOf(const ProbeReport& report);

struct Verdict {
  LayerState state = LayerState::kOk;  // kSkipped: it was not found out
  std::string layer;                   // empty when all is well
  std::string reason;
};

// The first layer that failed. An echo counts only where it is what was asked for: many
// networks drop it on purpose.
Verdict Judge(ProbeScheme scheme, const ProbeReport& report);

}  // namespace casepack::os
