// The rules of redaction/rules/*.json as a run needs them: without their examples, and made
// when CMake configures, since every start would pay for reading the JSON. Any thread.
#pragma once

#include <vector>

#include "redaction/rule.h"

namespace casepack::manifest {

// In the order of BuiltinRuleFiles() and of the rules in them.
std::vector<redaction::Rule> BuiltinRules();

}  // namespace casepack::manifest
