// A fleet's report as one HTML page that needs nothing else: no script, no style or picture
// from elsewhere. What comes from hosts is escaped, wherever it stands. Pure.
#pragma once

#include <string>
#include <string_view>

#include "collector/fleet/report.h"
#include "collector/report/words.h"

namespace casepack::fleet {

std::string ReportHtml(const Table& table, const Report& report, const report::Words& words,
                       report::Language language);

// Safe as text and within quotes of an attribute; control characters made visible.
std::string Escaped(std::string_view text);

}  // namespace casepack::fleet
