// What parts the affected hosts from the healthy ones: the traits that go with being affected
// beyond chance, and pairs of them where two together say more than each; what only repeats a
// stronger one is folded into it. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/fleet/trait.h"

namespace casepack::fleet {

// Of those that are told, so many may be chance.
inline constexpr double kFalseDiscovery = 0.01;

struct Folded {
  Trait trait;
  Split split;
  bool same_hosts = false;  // else: it says nothing more once the other one is known
};

struct Separator {
  std::vector<Trait> traits;  // one, or two that hold together
  Split split;
  double log_p = 0;  // Fisher's exact, two-sided
  double log_q = 0;  // false-discovery rate
  std::vector<Folded> folded;
  uint32_t folded_more = 0;  // beyond those kept

  [[nodiscard]] double Lift() const;  // how much likelier the trait is among the affected
};

struct Separators {
  enum class Why : uint8_t { kFound, kNoAffected, kNoHealthy, kTooFew, kNothing };
  Why why = Why::kNothing;
  std::vector<Separator> found;  // the strongest first
  uint32_t more = 0;             // beyond those kept
  size_t tests = 0;
  uint32_t affected = 0;
  uint32_t healthy = 0;
};

Separators FindSeparators(const Table& table, const Sample& sample);

}  // namespace casepack::fleet
