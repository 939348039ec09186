// What sets two hosts apart, as a table for people. Pure.
#pragma once

#include <string>
#include <vector>

#include "collector/analysis/diff.h"
#include "collector/report/words.h"

namespace casepack::report {

// Of packages, of which hundreds may differ, and of what cannot be compared, the number is
// told; `all` shows each of them.
enum class Detail { kShort, kAll };
std::string DifferencesText(const std::vector<analysis::Difference>& differences, Detail detail,
                            const Words& words, Language language);

}  // namespace casepack::report
