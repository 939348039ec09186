#include "collector/base/json.h"
#include "collector/bundle/index_write.h"
#include "collector/cli/analyzed.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/report/conclusions.h"

namespace casepack::cli {

ExitCode AnalyzeCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto loaded = LoadOrReport(invocation, console);
  if (!loaded) return ExitCode::kUsage;
  const auto healthy = HealthyFacts(invocation, loaded->manifests);
  if (!healthy) {
    console.Error(healthy.error().message());
    return ExitCode::kUsage;
  }
  const auto analysis = AnalyzeBundle(invocation.arguments[0], loaded->manifests,
                                      invocation.Values("role"), healthy->get());
  if (!analysis) {
    console.Error(analysis.error().message());
    const bool missing = analysis.error().code() == base::Code::kMissing;
    return missing ? ExitCode::kUsage : ExitCode::kIncomplete;
  }
  if (invocation.Has("json")) {
    base::Json json = bundle::FindingsJson(analysis->row);
    const base::Json facts = analysis::FactsJson(analysis->facts);
    json.Set("facts", *facts.Find("facts"));
    console.OutLine(base::WriteJson(json, base::JsonStyle::kOneLine));
    return ExitCode::kOk;
  }
  console.Out(report::ConclusionsText(analysis->row, console.words(), console.language()));
  return ExitCode::kOk;
}

}  // namespace casepack::cli
