// A fleet's report for people, in their language. Pure.
#pragma once

#include <string>

#include "collector/fleet/report.h"
#include "collector/report/words.h"

namespace casepack::fleet {

std::string ReportText(const Table& table, const Report& report, const report::Words& words,
                       report::Language language);

// "37 of 37 affected have kernel = 5.14.0-503; 2 of 375 healthy do."
std::string Sentence(const Table& table, const Separator& separator, const report::Words& words,
                     report::Language language);

// A p-value from its logarithm: "0.0021", "2e-49".
std::string FormatLogP(double log_p);

}  // namespace casepack::fleet
