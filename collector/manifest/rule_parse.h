// Rule files: JSON text -> redaction::Rule, with all problems and where they stand. Pure
// functions over bytes: the caller reads files. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/manifest/problem.h"
#include "redaction/rule.h"

namespace casepack::manifest {

struct ParsedRules {
  std::vector<redaction::Rule> rules;  // what could be understood
  std::vector<base::Json> sources;     // each rule as it was written, with its places
  std::vector<Problem> problems;       // none: every rule can be read
};

// `file` is the name that problems carry.
ParsedRules ParseRules(std::string_view file, std::string_view text);

// What compiling found, told at the place of the member that is to blame. `source` is the
// rule as it was written.
Problem LocateProblem(std::string_view file, const base::Json& source,
                      const redaction::RuleProblem& problem);

}  // namespace casepack::manifest
