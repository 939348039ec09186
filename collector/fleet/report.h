// Everything that is told of a fleet, as plain data: made once, then shown as text, JSON, CSV,
// lines of JSON or a page. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/fleet/counts.h"
#include "collector/fleet/groups.h"
#include "collector/fleet/separators.h"
#include "collector/fleet/table.h"

namespace casepack::fleet {

struct ReportOptions {
  States states;
  std::vector<std::string> by;  // beside the usual dimensions; or, if given, instead of them
};

struct Report {
  States states;
  Totals totals;
  Separators separators;
  Groups groups;  // worth telling when there are two, or some hosts are left
  std::vector<Counts> counts;
  Counts causes;  // of the affected, by the finding that comes first in each bundle
  Onset onset;
  uint32_t shared_machine_ids = 0;  // ids that several names carry: cloned machines
};

// Takes sides for the table's hosts on its way.
Report MakeReport(Table& table, const ReportOptions& options);

}  // namespace casepack::fleet
