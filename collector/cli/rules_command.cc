#include <fmt/format.h>

#include <map>

#include "collector/base/json.h"
#include "collector/base/nearest.h"
#include "collector/base/utf8.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/run/redaction.h"

namespace casepack::cli {
namespace {

base::Json ToJson(const redaction::Rule& rule) {
  base::Json json;
  json.Set("id", rule.id);
  json.Set("family", rule.family);
  json.Set("pattern", rule.pattern);
  json.Set("source", rule.source);
  return json;
}

ExitCode List(Console& console, const run::LoadedRules& loaded, bool as_json) {
  base::Json rows{base::Json::Array()};
  for (const redaction::Rule& rule : loaded.rules->rules()) {
    if (as_json) {
      rows.Push(ToJson(rule));
    } else {
      console.OutLine(fmt::format("{}  {}  {}", base::FitColumns(rule.id, 36),
                                  base::FitColumns(rule.family, 16), base::Visible(rule.source)));
    }
  }
  if (as_json) console.OutLine(base::WriteJson(rows, base::JsonStyle::kIndented));
  return ExitCode::kOk;
}

ExitCode Test(Console& console, const std::vector<std::string>& files) {
  const auto tested = run::TestRules(files);
  if (!tested) {
    console.Error(tested.error().message());
    return ExitCode::kUsage;
  }
  ReportProblems(tested->errors, console);
  ReportProblems(tested->warnings, console, Severity::kWarning);
  if (!tested->errors.empty()) return ExitCode::kUsage;
  size_t examples = 0;
  for (const redaction::Rule& rule : tested->rules->rules())
    examples += rule.examples.size() + rule.counter_examples.size();
  console.OutLine(console.Render({"cli.rules.good",
                                  {{"rules", fmt::to_string(tested->rules->rules().size())},
                                   {"examples", fmt::to_string(examples)}}}));
  return ExitCode::kOk;
}

}  // namespace

ExitCode RulesCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const std::string& verb = invocation.arguments[0];
  const std::vector<std::string> files(invocation.arguments.begin() + 1,
                                       invocation.arguments.end());
  if (verb == "test") return Test(console, files);
  if (verb == "list") {
    const auto loaded = run::LoadRules(files);
    if (!loaded) {
      console.Error(loaded.error().message());
      return ExitCode::kUsage;
    }
    ReportProblems(loaded->errors, console);
    if (!loaded->errors.empty()) return ExitCode::kUsage;
    return List(console, *loaded, invocation.Has("json"));
  }
  const std::vector<std::string> known{"list", "test"};
  console.Error({"cli.rules.unknown",
                 {{"word", verb}, {"nearest", std::string(base::Nearest(verb, known))}}});
  return ExitCode::kUsage;
}

}  // namespace casepack::cli
