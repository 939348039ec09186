#include <fmt/format.h>

#include <optional>

#include "collector/base/json.h"
#include "collector/base/utf8.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/os/output.h"
#include "collector/os/terminal.h"
#include "collector/os/user_input.h"
#include "collector/run/redact.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

base::Json CountsOf(const redaction::Counts& counts) {
  base::Json json{base::Json::Object()};
  for (const auto& [rule, count] : counts)
    json.Set(rule, count);
  return json;
}

base::Json ToJson(const run::Redacted& redacted, const Console& console) {
  const archive::RewriteReport& report = redacted.report;
  base::Json rows{base::Json::Array()};
  for (const auto& entry : report.rows) {
    base::Json row;
    row.Set("name", base::Visible(entry.name));
    row.Set("outcome", std::string(archive::OutcomeName(entry.outcome)));
    if (!entry.reason.key.empty()) row.Set("reason", base::Visible(console.Render(entry.reason)));
    rows.Push(std::move(row));
  }
  base::Json json;
  json.Set("archive", redacted.is_archive);
  json.Set("complete", redacted.Complete());
  json.Set("withheld", redacted.withheld);
  json.Set("bytes_in", report.bytes_in);
  json.Set("bytes_out", report.bytes_out);
  json.Set("redactions", CountsOf(report.total));
  if (redacted.is_archive) {
    json.Set("entries", report.entries);
    json.Set("told", std::move(rows));
    json.Set("not_told", report.rows_left_out);
  }
  if (!report.damage.key.empty()) json.Set("damage", base::Visible(console.Render(report.damage)));
  return json;
}

// What a person has to know even without --report: what is not there.
void TellGaps(Console& console, const run::Redacted& redacted) {
  if (redacted.withheld) console.Error({"cli.redact.not_text", {}});
  for (const auto& entry : redacted.report.rows) {
    if (entry.outcome == archive::EntryOutcome::kRedacted) continue;
    console.ErrLine(base::Visible(entry.name + ": " + console.Render(entry.reason)));
  }
  if (redacted.report.rows_left_out > 0) {
    console.ErrLine(console.Render(
        {"cli.redact.more", {{"count", fmt::to_string(redacted.report.rows_left_out)}}}));
  }
  if (!redacted.report.damage.key.empty()) console.Error(redacted.report.damage);
}

void Tell(Console& console, const Invocation& invocation, const run::Redacted& redacted,
          bool to_file) {
  if (!invocation.Has("report")) return TellGaps(console, redacted);
  const std::string line = base::WriteJson(ToJson(redacted, console), base::JsonStyle::kOneLine);
  to_file ? console.OutLine(line) : console.ErrLine(line);
}

}  // namespace

ExitCode RedactCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto fail = [&](const Status& status, ExitCode code) {
    console.Error(status.message());
    return code;
  };
  if (const auto form = invocation.Value("report"); form && *form != "json") {
    return fail({Code::kInvalid, {"cli.redact.report", {{"value", *form}}}}, ExitCode::kUsage);
  }
  const auto host = HostOf(invocation);
  const auto redaction = RedactionOrReport(invocation, host ? host->get() : nullptr, console);
  if (!redaction) return ExitCode::kUsage;
  const bool stdin_named = invocation.arguments.empty();
  auto input = os::UserInput::Open(stdin_named ? "-" : invocation.arguments[0]);
  if (!input) return fail(input.error(), ExitCode::kUsage);

  const std::string path = invocation.Value("output").value_or("-");
  const bool to_file = path != "-";
  std::optional<os::AtomicFile> file;
  os::StandardOutput standard;
  if (to_file) {
    auto created = os::AtomicFile::Create(path);
    if (!created) return fail(created.error(), ExitCode::kNotWritten);
    file.emplace(std::move(*created));
  }
  os::ByteSink& output = to_file ? static_cast<os::ByteSink&>(*file) : standard;
  const auto redacted = run::Redact(*input, output, redaction->engine);
  if (!redacted) return fail(redacted.error(), ExitCode::kNotWritten);
  if (const Status written = WriteMap(*redaction); !written.ok()) {
    return fail(written, ExitCode::kNotWritten);
  }
  Tell(console, invocation, *redacted, to_file);
  return redacted->Complete() ? ExitCode::kOk : ExitCode::kIncomplete;
}

}  // namespace casepack::cli
