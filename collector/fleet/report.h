// Everything that is told of a fleet, as plain data: made once, then shown as text, JSON, CSV,
// lines of JSON or a page. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/base/result.h"
#include "collector/fleet/counts.h"
#include "collector/fleet/groups.h"
#include "collector/fleet/host_diff.h"
#include "collector/fleet/inventory.h"
#include "collector/fleet/labels.h"
#include "collector/fleet/separators.h"
#include "collector/fleet/table.h"

namespace casepack::fleet {

struct ReportOptions {
  States states;
  std::vector<std::string> by;                       // if given, instead of the usual ones
  std::optional<std::vector<ListedHost>> labels;     // that a file gives
  std::optional<std::vector<ListedHost>> inventory;  // that there should be
  std::string host;                                  // to compare with the healthy; or empty
};

struct HostReport {
  uint32_t row = 0;
  std::vector<Unusual> unusual;
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
  std::optional<LabelsGiven> labels;
  std::optional<Inventory> inventory;
  std::optional<HostReport> host;
};

// Takes sides for the table's hosts on its way. kMissing: no bundle of the host that is asked
// for.
base::Result<Report> MakeReport(Table& table, const ReportOptions& options);

}  // namespace casepack::fleet
