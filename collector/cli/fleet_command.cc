#include <algorithm>

#include "collector/cli/commands.h"
#include "collector/cli/fleet_paths.h"
#include "collector/fleet/load.h"
#include "collector/fleet/report.h"
#include "collector/fleet/text.h"

namespace casepack::cli {
namespace {

// "a,b" and the flag given again: one list.
std::vector<std::string> ListOf(const Invocation& invocation, std::string_view flag) {
  std::vector<std::string> list;
  for (std::string_view rest : invocation.Values(flag)) {
    while (!rest.empty()) {
      const size_t comma = rest.find(',');
      const std::string_view one = rest.substr(0, comma);
      if (!one.empty()) list.emplace_back(one);
      rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    }
  }
  return list;
}

fleet::ReportOptions OptionsOf(const Invocation& invocation) {
  fleet::ReportOptions options;
  if (invocation.Has("state")) options.states.affected = ListOf(invocation, "state");
  if (invocation.Has("ok-state")) options.states.healthy = ListOf(invocation, "ok-state");
  options.by = ListOf(invocation, "by");
  return options;
}

// Not all of what was named could be read.
bool IsIncomplete(const fleet::Totals& totals) {
  uint32_t unread = 0;
  for (const fleet::Reading reading :
       {fleet::Reading::kMissing, fleet::Reading::kDenied, fleet::Reading::kForeign,
        fleet::Reading::kBroken, fleet::Reading::kEncrypted, fleet::Reading::kNewer})
    unread += totals.readings.at(static_cast<size_t>(reading));
  return unread > 0;
}

}  // namespace

ExitCode FleetCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto paths = FleetPaths(invocation.arguments);
  if (!paths) {
    console.Error(paths.error().message());
    return ExitCode::kUsage;
  }
  if (paths->empty()) {
    console.Error({"cli.fleet.nothing", {}});
    return ExitCode::kUsage;
  }
  fleet::Table table = fleet::Load(*paths, {0, &session.stop});
  const fleet::Report report = fleet::MakeReport(table, OptionsOf(invocation));
  console.Out(fleet::ReportText(table, report, console.words(), console.language()));
  return IsIncomplete(report.totals) ? ExitCode::kIncomplete : ExitCode::kOk;
}

}  // namespace casepack::cli
