// How two values of facts compare: numbers as numbers, versions part by part, all else as
// text. Pure.
#pragma once

#include <string_view>

#include "collector/manifest/condition.h"

namespace casepack::analysis {

// -1, 0, 1. Digits by their number, what stands between them as text: 20.0.1-7380 is above
// 20.0.1-690.
int CompareVersions(std::string_view a, std::string_view b);

// kLess and its kin between a number and a text that is none are false.
bool Compare(manifest::Condition::Op op, const manifest::FactValue& a,
             const manifest::FactValue& b);

}  // namespace casepack::analysis
