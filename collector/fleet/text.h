// A fleet's report for people, in their language. Pure.
#pragma once

#include <string>

#include "collector/fleet/report.h"
#include "collector/report/words.h"

namespace casepack::fleet {

std::string ReportText(const Table& table, const Report& report, const report::Words& words,
                       report::Language language);

}  // namespace casepack::fleet
