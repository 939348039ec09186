// Phrases of a fleet's report, for its text and its page. Pure.
#pragma once

#include <string>
#include <vector>

#include "collector/fleet/report.h"
#include "collector/report/words.h"

namespace casepack::fleet {

// "37 of 37 affected have kernel = 5.14.0-503; 2 of 375 healthy do."
std::string Sentence(const Table& table, const Separator& separator, const report::Words& words,
                     report::Language language);
// Why there is no separator.
std::string WhyNone(const Report& report, const report::Words& words, report::Language language);
std::string ReadingText(Reading reading, const report::Words& words, report::Language language);
// "Kernel"; a label or a fact as it is.
std::string DimensionText(const std::string& by, const report::Words& words,
                          report::Language language);
// A p-value from its logarithm: "0.0021", "2e-49".
std::string FormatLogP(double log_p);
// With commas.
std::string Joined(const std::vector<std::string>& texts);

}  // namespace casepack::fleet
