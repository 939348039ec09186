// Does a rule do what its own examples say? For `casepack rules test` and for CI.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "redaction/ruleset.h"

namespace casepack::redaction {

// An example without its « and », and where they stood; end is kNotFound without them.
struct Framed {
  std::string text;
  size_t begin = 0;
  size_t end = kNotFound;
};
Framed ParseExample(std::string_view example);

// Each rule alone, on its own examples and counter-examples.
std::vector<RuleProblem> CheckExamples(const Ruleset& rules);

}  // namespace casepack::redaction
