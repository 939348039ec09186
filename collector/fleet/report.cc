#include "collector/fleet/report.h"

#include <set>
#include <unordered_map>

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

Report MakeReport(Table& table, const ReportOptions& options) {
  Report report;
  report.states = options.states;
  TakeSides(table.hosts(), options.states);
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
  report.shared_machine_ids = SharedMachineIds(table.hosts());
  return report;
}

}  // namespace casepack::fleet
