// Two traits together: only where they say more than each of them alone does. Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "collector/fleet/fisher.h"
#include "collector/fleet/trait.h"

namespace casepack::fleet {

struct PairPart {
  double log_p = 0;
  const TraitHosts* hosts = nullptr;
  size_t column = 0;
};

struct Pair {
  size_t first = 0;  // of the parts
  size_t second = 0;
  double log_p = 0;      // of both together
  double log_added = 0;  // the weaker of what each adds to the other
};

struct Pairs {
  std::vector<Pair> best;
  size_t tests = 0;
};

// Of the first parts, which are the strongest; parts with the same hosts count once.
Pairs TestPairs(const std::vector<PairPart>& parts, const HostSet& affected, const Fisher& fisher);

}  // namespace casepack::fleet
