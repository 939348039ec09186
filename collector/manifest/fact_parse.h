// The "facts" of an item -> FactReaders. One thread.
#pragma once

#include <optional>
#include <vector>

#include "collector/base/json.h"
#include "collector/manifest/fact_reader.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

// Text, whole number, number or flag: what a fact can be.
std::optional<FactValue> ReadFactValue(const base::Json& value, ProblemList& problems);

// "key.with.{places}" of letters, digits and . _ - /; for those who ask, `*` stands for any.
enum class Stars { kRefused, kAllowed };
std::optional<std::string> ReadFactKey(const base::Json& value, Stars stars, ProblemList& problems);

// An RE2 pattern; nullopt after a problem was told.
std::optional<base::Pattern> ReadPattern(const base::Json& value, ProblemList& problems);

// Those that stand beside the items say of which item they are.
enum class FactsOf { kTheItem, kAnyItem };
std::vector<FactReader> ParseFacts(const base::Json& value, FactsOf of, ProblemList& problems);

std::vector<DerivedFact> ParseDerived(const base::Json& value, ProblemList& problems);

}  // namespace casepack::manifest
