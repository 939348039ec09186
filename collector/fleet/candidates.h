// Every trait of every fact, tested by itself: which of them go with being affected. Pure.
#pragma once

#include <vector>

#include "collector/fleet/fisher.h"
#include "collector/fleet/trait.h"

namespace casepack::fleet {

struct Candidate {
  Trait trait;
  Split split;
  double log_p = 0;
};

struct Candidates {
  std::vector<Candidate> best;  // with a p below 0.05; the smallest first
  size_t tests = 0;             // that were made, those without a result among them
};

// Left out: what is not a trait of the host (its bundle), what its state is made of, and what
// says the same as that; values that are too rare or too common for any result.
Candidates TestAll(const Table& table, const Sample& sample, const Fisher& fisher);

}  // namespace casepack::fleet
