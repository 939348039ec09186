// A fleet's report for programs: one JSON document. The form is in README.md beside this
// file. Pure.
#pragma once

#include "collector/base/json.h"
#include "collector/fleet/report.h"

namespace casepack::fleet {

inline constexpr const char* kReportFormat = "casepack-fleet/1";

base::Json ReportJson(const Table& table, const Report& report);

// {"facts": [{"key", "is", "value"}], "affected_with", …}
base::Json SeparatorJson(const Table& table, const Separator& separator);

}  // namespace casepack::fleet
