#include <array>

#include "collector/analysis/diff.h"
#include "collector/base/json.h"
#include "collector/cli/analyzed.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/report/differences.h"

namespace casepack::cli {
namespace {

base::Json ToJson(const std::vector<analysis::Difference>& differences) {
  static constexpr std::array<const char*, 6> kClasses{"identity", "configuration", "state",
                                                       "version",  "measure",       "volatile"};
  static constexpr std::array<const char*, 4> kKinds{"different", "only_healthy", "only_broken",
                                                     "not_comparable"};
  base::Json rows{base::Json::Array()};
  for (const analysis::Difference& one : differences) {
    base::Json row;
    row.Set("key", one.key);
    row.Set("class", kClasses.at(static_cast<size_t>(one.klass)));
    row.Set("kind", kKinds.at(static_cast<size_t>(one.kind)));
    row.Set("healthy", one.healthy);
    row.Set("broken", one.broken);
    rows.Push(std::move(row));
  }
  return rows;
}

}  // namespace

ExitCode DiffCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto loaded = LoadOrReport(invocation, console);
  if (!loaded) return ExitCode::kUsage;
  std::vector<analysis::Facts> facts;
  for (const std::string& path : invocation.arguments) {
    auto analysis = AnalyzeBundle(path, loaded->manifests, {});
    if (!analysis) {
      console.Error(analysis.error().message());
      const bool missing = analysis.error().code() == base::Code::kMissing;
      return missing ? ExitCode::kUsage : ExitCode::kIncomplete;
    }
    facts.push_back(std::move(analysis->facts));
  }
  const auto differences = analysis::Diff(facts[0], facts[1]);
  if (invocation.Has("json")) {
    console.OutLine(base::WriteJson(ToJson(differences), base::JsonStyle::kOneLine));
    return ExitCode::kOk;
  }
  const auto detail = invocation.Has("all") ? report::Detail::kAll : report::Detail::kShort;
  console.Out(report::DifferencesText(differences, detail, console.words(), console.language()));
  return ExitCode::kOk;
}

}  // namespace casepack::cli
