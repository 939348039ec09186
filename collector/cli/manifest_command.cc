#include <fmt/format.h>

#include <algorithm>

#include "collector/base/json.h"
#include "collector/base/nearest.h"
#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/kinds/registry.h"
#include "collector/manifest/builtin.h"
#include "collector/manifest/event_table_parse.h"
#include "collector/manifest/schema.h"
#include "collector/os/user_file.h"

namespace casepack::cli {
namespace {

using base::Code;

const std::string& TitleOf(const manifest::Title& title, const Console& console) {
  return console.language() == report::Language::kJapanese ? title.ja : title.en;
}

ExitCode Fail(Console& console, const base::Message& message) {
  console.Error(message);
  return ExitCode::kUsage;
}

ExitCode List(Console& console, const Invocation& invocation) {
  const auto loaded = LoadOrReport(invocation, console);
  if (!loaded) return ExitCode::kUsage;
  base::Json rows{base::Json::Array()};
  for (const auto& manifest : loaded->manifests) {
    if (!invocation.Has("json"))
      console.OutLine(fmt::format("{}  {}", manifest.id, TitleOf(manifest.title, console)));
    for (const auto& item : manifest.items) {
      if (!invocation.Has("json")) {
        console.OutLine(fmt::format("  {}  {}  {}", base::FitColumns(item.id, 34),
                                    base::FitColumns(item.kind, 11), TitleOf(item.title, console)));
        continue;
      }
      base::Json row;
      row.Set("manifest", manifest.id);
      row.Set("id", item.id);
      row.Set("kind", item.kind);
      row.Set("title", TitleOf(item.title, console));
      rows.Push(std::move(row));
    }
  }
  if (invocation.Has("json")) console.OutLine(base::WriteJson(rows, base::JsonStyle::kIndented));
  return ExitCode::kOk;
}

// The text of a built-in manifest, by its id or its file's name.
ExitCode Show(Console& console, const std::string& word) {
  std::vector<std::string> known;
  const auto kinds = run::AllKindFields();
  for (const auto& file : manifest::BuiltinFiles()) {
    const std::string id = manifest::Parse(file.name, file.text, kinds).manifest.id;
    if (word == id || word == file.name) {
      console.Out(file.text);
      return ExitCode::kOk;
    }
    known.push_back(id);
  }
  return Fail(console, {"cli.manifest.unknown",
                        {{"word", word}, {"nearest", std::string(base::Nearest(word, known))}}});
}

ExitCode Check(Console& console, const std::vector<std::string>& files) {
  const auto kinds = run::AllKindFields();
  std::vector<manifest::Parsed> parsed;
  std::vector<std::string> manifests;  // the files of `parsed`: an event table is none
  std::vector<manifest::Problem> problems;
  for (const std::string& file : files) {
    const auto text = os::ReadUserFile(file);
    if (!text) return Fail(console, text.error().message());
    const bool is_table = manifest::IsEventTable(*text);
    if (!is_table) {
      parsed.push_back(manifest::Parse(file, *text, kinds));
      manifests.push_back(file);
    }
    const auto found =
        is_table ? manifest::ParseEventTable(file, *text).problems : parsed.back().problems;
    problems.insert(problems.end(), found.begin(), found.end());
  }
  const auto together = manifest::CheckTogether(parsed, manifests);
  problems.insert(problems.end(), together.begin(), together.end());
  ReportProblems(problems, console);
  if (problems.empty()) {
    console.OutLine(
        console.Render({"cli.manifest.good", {{"count", fmt::to_string(files.size())}}}));
    return ExitCode::kOk;
  }
  console.ErrLine(
      console.Render({"cli.manifest.bad", {{"count", fmt::to_string(problems.size())}}}));
  return ExitCode::kUsage;
}

// The kinds and their fields for authors, as Markdown.
ExitCode Reference(Console& console) {
  for (const kinds::Kind* kind : kinds::All()) {
    console.OutLine(fmt::format("### `{}`\n\n{}\n", kind->name,
                                console.Text(fmt::format("kind.{}", kind->name))));
    console.OutLine(console.Render({"cli.reference.limits",
                                    {{"timeout", base::FormatDuration(kind->defaults.timeout)},
                                     {"max_bytes", base::FormatSize(kind->defaults.max_bytes)},
                                     {"max_files", fmt::to_string(kind->defaults.max_files)}}}));
    if (!kind->fields.empty())
      console.OutLine("\n" + console.Text("cli.reference.header") + "\n| --- | --- | --- |");
    for (const auto& field : kind->fields) {
      const std::string fallback = field.presence == manifest::Presence::kRequired
                                       ? console.Text("cli.reference.required")
                                       : fmt::format("`{}`", field.fallback);
      console.OutLine(fmt::format(
          "| `{}` | {} | {} |", field.name,
          field.fallback.empty() && field.presence == manifest::Presence::kOptional ? "" : fallback,
          console.Text(fmt::format("field.{}.{}", kind->name, field.name))));
    }
    console.OutLine("");
  }
  return ExitCode::kOk;
}

}  // namespace

ExitCode ManifestCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const std::string& verb = invocation.arguments[0];
  const std::vector<std::string> rest(invocation.arguments.begin() + 1, invocation.arguments.end());
  if (verb == "list" && rest.empty()) return List(console, invocation);
  if (verb == "show" && rest.size() == 1) return Show(console, rest[0]);
  if (verb == "check" && !rest.empty()) return Check(console, rest);
  if (verb == "reference" && rest.empty()) return Reference(console);
  if (verb == "schema" && rest.empty()) {
    console.OutLine(
        base::WriteJson(manifest::Schema(run::AllKindFields()), base::JsonStyle::kIndented));
    return ExitCode::kOk;
  }
  const std::vector<std::string> verbs{"list", "show", "check", "schema", "reference"};
  if (std::find(verbs.begin(), verbs.end(), verb) != verbs.end())
    return Fail(console, {"cli.manifest.usage", {}});
  return Fail(console, {"cli.manifest.unknown_verb",
                        {{"word", verb}, {"nearest", std::string(base::Nearest(verb, verbs))}}});
}

}  // namespace casepack::cli
