// What sets a broken host apart from a healthy one: facts by class, noise left out. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/analysis/facts.h"

namespace casepack::analysis {

struct Difference {
  // kNotComparable: one side has it, and the other was not looked through for it.
  enum class Kind : uint8_t { kDifferent, kOnlyHealthy, kOnlyBroken, kNotComparable };
  std::string key;
  manifest::FactClass klass = manifest::FactClass::kState;
  Kind kind = Kind::kDifferent;
  std::string healthy;  // as text; empty where it is not there
  std::string broken;
};

// The strongest first: states, then versions, then configuration; of the product before the
// host, and packages last. What is peculiar to a host (identity) or changes by itself
// (volatile, measures) is left out. What cannot be compared comes at the end.
std::vector<Difference> Diff(const Facts& healthy, const Facts& broken);

}  // namespace casepack::analysis
