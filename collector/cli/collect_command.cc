#include <fmt/format.h>

#include <array>

#include "collector/base/json.h"
#include "collector/base/units.h"
#include "collector/cli/analyzed.h"
#include "collector/cli/commands.h"
#include "collector/cli/progress.h"
#include "collector/cli/settings.h"
#include "collector/cli/version.h"
#include "collector/fleet/digest.h"
#include "collector/os/self.h"
#include "collector/os/terminal.h"
#include "collector/report/summary.h"

namespace casepack::cli {
namespace {

using bundle::Outcome;

// Complete as far as this host goes: what is not installed here, or was left out on
// purpose, is no failure.
bool IsComplete(const bundle::Index& index) {
  for (const auto& item : index.items) {
    const bool fine = item.outcome == Outcome::kOk || item.outcome == Outcome::kMissing ||
                      item.outcome == Outcome::kSkipped;
    if (!fine) return false;
  }
  return index.ended == bundle::Ended::kWhole && index.left_out.empty();
}

ExitCode CodeOf(const bundle::Index& index) {
  if (index.ended == bundle::Ended::kInterrupted) return ExitCode::kInterrupted;
  return IsComplete(index) ? ExitCode::kOk : ExitCode::kIncomplete;
}

base::Json VerdictJson(const bundle::AnalysisRow& analysis) {
  base::Json problems{base::Json::Array()};
  base::Json unknown{base::Json::Array()};
  for (const auto& row : analysis.checklist) {
    if (row.state == "problem") problems.Push(row.id);
    if (row.state == "unknown") unknown.Push(row.id);
  }
  base::Json json;
  json.Set("state", analysis.verdict.state);
  json.Set("headline", analysis.verdict.headline.en);
  if (analysis.verdict.since) json.Set("since", base::FormatUtc(*analysis.verdict.since));
  json.Set("top_finding", analysis.verdict.top_finding);
  json.Set("top_state", analysis.verdict.top_state);
  json.Set("problems", std::move(problems));
  json.Set("unknown", std::move(unknown));
  return json;
}

base::Json ToJson(const run::Collected& collected, ExitCode code) {
  static constexpr std::array<const char*, 7> kNames{"ok",        "partial", "missing", "denied",
                                                     "timed_out", "failed",  "skipped"};
  std::array<int64_t, 7> counts{};
  for (const auto& item : collected.index.items)
    ++counts.at(static_cast<size_t>(item.outcome));
  base::Json items;
  for (size_t i = 0; i < counts.size(); ++i)
    items.Set(kNames.at(i), counts.at(i));
  base::Json json;
  json.Set("bundle", collected.path);
  json.Set("bytes", collected.bytes);
  json.Set("sha256", collected.sha256);
  json.Set("bundle_id", collected.index.bundle_id);
  json.Set("host", collected.index.host.name);
  json.Set("complete", collected.index.ended == bundle::Ended::kWhole);
  json.Set("items", std::move(items));
  if (collected.index.analysis) json.Set("verdict", VerdictJson(*collected.index.analysis));
  json.Set("exit", static_cast<int>(code));
  return json;
}

// The summary for the person who ran it. With `--output -` the bundle has standard output
// for itself, and we talk on standard error.
void Tell(Console& console, const Invocation& invocation, const run::Collected& collected,
          ExitCode code) {
  const bool to_stdout = collected.path == "-";
  const auto say = [&](std::string_view text) {
    to_stdout ? console.ErrLine(text) : console.OutLine(text);
  };
  if (invocation.Has("digest")) {
    return say(base::WriteJson(
        fleet::DigestJson({collected.index, collected.facts, collected.path, collected.bytes,
                           collected.sha256, static_cast<int>(code)}),
        base::JsonStyle::kOneLine));
  }
  if (invocation.Has("json"))
    return say(base::WriteJson(ToJson(collected, code), base::JsonStyle::kOneLine));
  if (invocation.Has("quiet")) {
    if (!to_stdout) say(collected.path);
    return;
  }
  say(report::Brief(collected.index, console.words(), console.language()));
  say(report::CostLine(collected.index.resources, console.words(), console.language()));
  if (!to_stdout) {
    say(console.Render(
        {"cli.written", {{"path", collected.path}, {"size", base::FormatSize(collected.bytes)}}}));
  }
}

ExitCode FailureCode(const base::Status& status) {
  return status.code() == base::Code::kInvalid ? ExitCode::kUsage : ExitCode::kNotWritten;
}

// Everything that a run needs, made before anything is gathered.
struct Prepared {
  run::CollectOptions options;
  std::shared_ptr<const os::Host> host;
  std::shared_ptr<const run::Loaded> loaded;
  Redaction redaction;
};

// What went wrong is printed; `error` gets it too, as far as it is one message.
std::optional<Prepared> Prepare(const Invocation& invocation, Console& console,
                                base::Message* error) {
  const auto fail = [&](const base::Status& status) {
    *error = status.message();
    console.Error(status.message());
    return std::nullopt;
  };
  Prepared prepared;
  auto options = CollectOptionsOf(invocation);
  if (!options) return fail(options.error());
  prepared.options = std::move(*options);
  prepared.options.language = console.language();
  if (prepared.options.output == "-" && os::IsTerminal(os::StandardStream::kOut))
    return fail({base::Code::kInvalid, {"cli.output_is_terminal", {}}});
  auto host = HostOf(invocation);
  if (!host) return fail(host.error());
  prepared.host = std::move(*host);
  *error = {"cli.digest_see_stderr", {}};
  auto loaded = LoadOrReport(invocation, console);
  if (!loaded || !GiveEventsOrReport(invocation, *loaded, console)) return std::nullopt;
  auto redaction = RedactionOrReport(invocation, prepared.host.get(), console);
  if (!redaction) return std::nullopt;
  prepared.redaction = std::move(*redaction);
  // Before anything is gathered: a bundle that cannot be read is a slip of the pen.
  auto healthy = HealthyFacts(invocation, loaded->manifests);
  if (!healthy) return fail(healthy.error());
  prepared.options.healthy = std::move(*healthy);
  prepared.loaded = std::make_shared<const run::Loaded>(std::move(*loaded));
  return prepared;
}

// A mass run counts its failures, too: a line for each host, whatever happened. A host that is
// to be renamed stays unnamed.
ExitCode Failed(Console& console, const Invocation& invocation, const os::Host* host,
                const base::Message& error, ExitCode code) {
  if (!invocation.Has("digest")) return code;
  const bool named = host != nullptr && !invocation.Has("pseudonymize");
  console.OutLine(base::WriteJson(
      fleet::FailedDigestJson(named ? host->Identity().name : "", kVersion, static_cast<int>(code),
                              console.words().Render(report::Language::kEnglish, error)),
      base::JsonStyle::kOneLine));
  return code;
}

}  // namespace

ExitCode CollectCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  base::Message error;
  const auto prepared = Prepare(invocation, console, &error);
  if (!prepared) return Failed(console, invocation, nullptr, error, ExitCode::kUsage);

  const auto fail = [&](const base::Status& status, ExitCode code) {
    console.Error(status.message());
    return Failed(console, invocation, prepared->host.get(), status.message(), code);
  };
  os::LowerPriority();
  const bool show = os::IsTerminal(os::StandardStream::kErr) && !invocation.Has("quiet");
  Progress progress(console, show ? Progress::Show::kLine : Progress::Show::kNothing);
  const auto collected = run::Collect({prepared->host, prepared->loaded, console.words(),
                                       session.stop, progress, prepared->redaction.engine},
                                      prepared->options);
  progress.Clear();
  if (!collected) return fail(collected.error(), FailureCode(collected.error()));
  if (const base::Status written = WriteMap(prepared->redaction); !written.ok())
    return fail(written, ExitCode::kNotWritten);
  const ExitCode code = CodeOf(collected->index);
  Tell(console, invocation, *collected, code);
  return code;
}

}  // namespace casepack::cli
