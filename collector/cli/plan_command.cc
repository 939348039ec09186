#include <fmt/format.h>

#include "collector/base/json.h"
#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/run/preview.h"
#include "redaction/stream.h"

namespace casepack::cli {
namespace {

using kinds::Preview;

constexpr size_t kStepsShown = 12;
constexpr std::chrono::milliseconds kTime(900);

const char* KeyOf(Preview::Act act) {
  switch (act) {
    case Preview::Act::kRun:
      return "cli.plan.run";
    case Preview::Act::kList:
      return "cli.plan.list";
    case Preview::Act::kProbe:
      return "cli.plan.probe";
    case Preview::Act::kRead:
      break;
  }
  return "cli.plan.read";
}

const char* NameOf(Preview::Act act) {
  switch (act) {
    case Preview::Act::kRun:
      return "run";
    case Preview::Act::kList:
      return "list";
    case Preview::Act::kProbe:
      return "probe";
    case Preview::Act::kRead:
      break;
  }
  return "read";
}

std::string Shown(const redaction::EnginePtr& engine, std::string_view what) {
  return base::Visible(redaction::RedactText(engine, what, nullptr));
}

void PrintRow(Console& console, const redaction::EnginePtr& engine, const run::PreviewRow& row) {
  const manifest::Item& item = *row.planned->item;
  const std::string& title =
      console.language() == report::Language::kJapanese ? item.title.ja : item.title.en;
  console.OutLine(fmt::format("{}  {}", item.id, title));
  if (!row.status.ok())
    console.OutLine("    " + base::Visible(console.Render(row.status.message())));
  size_t shown = 0;
  for (const auto& step : row.preview.steps) {
    if (++shown > kStepsShown) break;
    std::string line =
        fmt::format("    {} {}", console.Text(KeyOf(step.act)), Shown(engine, step.what));
    if (step.bytes) line += fmt::format(" ({})", base::FormatSize(*step.bytes));
    console.OutLine(line);
  }
  const uint64_t more = row.preview.steps.size() - std::min(row.preview.steps.size(), kStepsShown) +
                        row.preview.steps_left_out;
  if (more > 0)
    console.OutLine("    " + console.Render({"cli.plan.more", {{"count", fmt::to_string(more)}}}));
}

base::Json ToJson(const run::PreviewResult& result, const redaction::EnginePtr& engine,
                  const Console& console) {
  base::Json items{base::Json::Array()};
  for (const auto& row : result.rows) {
    base::Json item;
    item.Set("id", row.planned->item->id);
    item.Set("kind", row.planned->item->kind);
    item.Set("bytes", row.preview.bytes);
    if (!row.status.ok()) item.Set("reason", console.Render(row.status.message()));
    base::Json steps{base::Json::Array()};
    for (const auto& step : row.preview.steps) {
      base::Json one;
      one.Set(NameOf(step.act), Shown(engine, step.what));
      if (step.bytes) one.Set("bytes", *step.bytes);
      steps.Push(std::move(one));
    }
    item.Set("steps", std::move(steps));
    item.Set("steps_left_out", row.preview.steps_left_out);
    items.Push(std::move(item));
  }
  base::Json json;
  json.Set("bytes", result.bytes);
  json.Set("items", std::move(items));
  return json;
}

}  // namespace

ExitCode PlanCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto host = HostOf(invocation);
  if (!host) {
    console.Error(host.error().message());
    return ExitCode::kUsage;
  }
  auto loaded = LoadOrReport(invocation, console);
  if (!loaded || !GiveEventsOrReport(invocation, *loaded, console)) return ExitCode::kUsage;
  const auto redaction = RedactionOrReport(invocation, host->get(), console);
  if (!redaction) return ExitCode::kUsage;
  const auto selection = SelectionOf(invocation);
  const auto plan = selection ? run::MakePlan(loaded->manifests, *selection, **host)
                              : base::Result<run::Plan>(selection.error());
  if (!plan) {
    console.Error(plan.error().message());
    return ExitCode::kUsage;
  }
  const auto result = run::MakePreview(*plan, **host, base::Deadline::After(kTime, &session.stop));
  if (invocation.Has("json")) {
    console.OutLine(
        base::WriteJson(ToJson(result, redaction->engine, console), base::JsonStyle::kIndented));
    return ExitCode::kOk;
  }
  for (const auto& row : result.rows)
    PrintRow(console, redaction->engine, row);
  console.OutLine("");
  console.OutLine(console.Render({"cli.plan.total",
                                  {{"items", fmt::to_string(result.rows.size())},
                                   {"bytes", base::FormatSize(result.bytes)}}}));
  console.OutLine(console.Text("cli.plan.nothing_done"));
  return ExitCode::kOk;
}

}  // namespace casepack::cli
