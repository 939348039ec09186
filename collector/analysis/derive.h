// Facts made of other facts. One thread.
#pragma once

#include <optional>
#include <string>

#include "collector/analysis/facts.h"

namespace casepack::analysis {

// The text in which {other.fact} stands for that fact's value; nullopt when one of them is
// not known, and `missing` (if given) names it.
std::optional<std::string> FillIn(const std::string& text, const Facts& facts,
                                  std::string* missing);

// Adds nothing where a fact that it needs is not known. Its line is that of the last one.
void Derive(const manifest::DerivedFact& derived, Facts* facts);

}  // namespace casepack::analysis
