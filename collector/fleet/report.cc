#include "collector/fleet/report.h"

#include <set>
#include <unordered_map>

#include "collector/base/utf8.h"
#include "collector/fleet/dimensions.h"

namespace casepack::fleet {
namespace {

uint32_t SharedMachineIds(const std::vector<Host>& hosts) {
  std::unordered_map<std::string_view, std::set<std::string_view>> names;
  for (const Host& host : hosts) {
    if (host.counts() && !host.machine.empty()) names[host.machine].insert(host.name);
  }
  uint32_t shared = 0;
  for (const auto& [machine, of_it] : names)
    shared += of_it.size() > 1 ? 1 : 0;
  return shared;
}

}  // namespace

base::Result<Report> MakeReport(Table& table, const ReportOptions& options) {
  Report report;
  report.states = options.states;
  TakeSides(table.hosts(), options.states);
  if (options.labels) report.labels = GiveLabels(table, *options.labels);
  if (!options.host.empty()) {
    const auto row = FindHost(table.hosts(), options.host);
    if (!row) {
      return base::Status(base::Code::kMissing,
                          {"fleet.no_such_host", {{"host", base::Visible(options.host)}}});
    }
    report.host = HostReport{*row, Unlike(table, *row)};
  }
  report.totals = CountTotals(table.hosts());
  const Sample sample = SampleOf(table.hosts());
  report.separators = FindSeparators(table, sample);
  report.groups = FindGroups(table, sample, report.separators);
  const bool usual = options.by.empty();
  for (const std::string& by : usual ? UsualDimensions() : options.by) {
    Counts counts = CountBy(table, by);
    const bool told = !counts.rows.empty() && !counts.rows.front().value.empty();
    if (told || !usual) report.counts.push_back(std::move(counts));
  }
  report.causes = CountBy(table, "cause");
  report.onset = CountOnset(table.hosts());
  if (options.inventory) report.inventory = CompareInventory(table.hosts(), *options.inventory);
  report.shared_machine_ids = SharedMachineIds(table.hosts());
  return report;
}

}  // namespace casepack::fleet
