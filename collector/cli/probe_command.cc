#include <fmt/format.h>

#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/bundle/json_redaction.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/kinds/probe_document.h"
#include "collector/kinds/registry.h"
#include "collector/manifest/option_parse.h"
#include "collector/os/net_url.h"

namespace casepack::cli {
namespace {

using base::Json;

constexpr std::string_view kKind = "probe";
constexpr std::string_view kLayers[] = {"dns", "icmp", "tcp", "proxy", "tls", "http", "ntp"};

struct Probed {
  Json targets{Json::Array()};
  Json facts{Json::Object()};
  std::vector<base::Status> problems;  // of items that could not be probed
};

void Append(Probed& all, const Json& document) {
  for (const Json& target : *document.Find("targets")->array())
    all.targets.Push(target);
  for (const Json::Member& fact : *document.Find("facts")->object()) {
    if (all.facts.Find(fact.name) == nullptr) all.facts.Set(fact.name, fact.value);
  }
}

// The targets that were typed, as an item of our own.
base::Result<manifest::Manifest> TypedTargets(const Invocation& invocation) {
  for (const std::string& text : invocation.arguments)
    RETURN_IF_ERROR(os::ParseTarget(text).error());
  Json with;
  Json targets{Json::Array()};
  for (const std::string& text : invocation.arguments)
    targets.Push(text);
  with.Set("targets", std::move(targets));
  manifest::ProblemList problems("");
  manifest::Manifest made;
  manifest::Item item;
  item.id = "probe.typed";
  item.kind = kKind;
  item.options = manifest::ParseOptions(with, kinds::Find(kKind)->fields, problems);
  item.limits = kinds::Find(kKind)->defaults;
  made.items.push_back(std::move(item));
  return made;
}

Probed ProbeAll(const std::vector<manifest::Manifest>& manifests, const Session& session,
                const os::Host& host, const base::Deadline& deadline) {
  Probed all;
  const auto translate = [&](bundle::Text& text) { session.console.words().Translate(text); };
  const auto plan = run::MakePlan(manifests, {}, host);
  if (!plan) return all;
  std::vector<kinds::Context> contexts;
  for (const run::PlannedItem& planned : plan->items) {
    if (planned.item->kind != kKind || !planned.skipped.key.empty()) continue;
    contexts.push_back({host, planned.item->options, planned.item->limits, deadline, translate});
  }
  for (const auto& document : kinds::ProbeDocuments(contexts)) {
    if (document) Append(all, *document);
    if (!document && document.error().code() != base::Code::kMissing) {
      all.problems.push_back(document.error());
    }
  }
  return all;
}

std::string Cell(const Json& layers, std::string_view name) {
  const Json* layer = layers.Find(name);
  if (layer == nullptr) return {};
  const std::string state = layer->StringOr("state", "");
  const std::string reason = layer->StringOr("reason", "");
  if (state == "ok") {
    const Json* took = layer->Find("ms");
    const double* number = took == nullptr ? nullptr : took->number();
    return number == nullptr ? "ok" : fmt::format("ok {:.1f} ms", *number);
  }
  return state == "skipped" ? "-" : reason;
}

// A target that the product may not even need is shown, and is no failure.
bool IsVerified(const Json& target) {
  const Json* verified = target.Find("verified");
  return verified == nullptr || verified->boolean() == nullptr || *verified->boolean();
}

void PrintTarget(Console& console, const Json& target) {
  const Json& layers = *target.Find("layers");
  std::string cells;
  for (const std::string_view name : kLayers) {
    const std::string cell = Cell(layers, name);
    if (!cell.empty()) cells += fmt::format("{}{} {}", cells.empty() ? "" : " | ", name, cell);
  }
  const bool fine = target.StringOr("state", "") == "ok";
  std::string line = fmt::format("{:<4} {}", fine ? "ok" : "FAIL", target.StringOr("url", ""));
  if (const std::string via = target.StringOr("via", ""); !via.empty()) {
    line += " " + console.Render({"cli.probe.via", {{"proxy", via}}});
  }
  if (!IsVerified(target)) line += " " + console.Text("cli.probe.unverified");
  console.OutLine(base::Visible(line));
  console.OutLine("     " + base::Visible(cells));
  const char* const language = console.language() == report::Language::kJapanese ? "ja" : "en";
  const Json* const sentence = target.Find("sentence");
  if (!fine) console.OutLine("     " + base::Visible(sentence->StringOr(language, "")));
  const Json* const remedy = target.Find("remedy");
  if (remedy != nullptr)
    console.OutLine("     -> " + base::Visible(remedy->StringOr(language, "")));
}

int64_t Failed(const Json& targets) {
  int64_t count = 0;
  for (const Json& target : *targets.array())
    count += target.StringOr("state", "") == "ok" || !IsVerified(target) ? 0 : 1;
  return count;
}

ExitCode Tell(Console& console, const Probed& all, const redaction::EnginePtr& engine,
              bool as_json) {
  Json document;
  document.Set("targets", all.targets);
  document.Set("facts", all.facts);
  redaction::Counts counts;
  const Json safe = bundle::RedactJson(engine, document, &counts);
  const Json& targets = *safe.Find("targets");
  const int64_t failed = Failed(targets);
  if (as_json) {
    console.OutLine(base::WriteJson(safe, base::JsonStyle::kIndented));
  } else {
    for (const Json& target : *targets.array())
      PrintTarget(console, target);
    console.OutLine(console.Render({"cli.probe.total",
                                    {{"count", fmt::to_string(targets.array()->size())},
                                     {"failed", fmt::to_string(failed)}}}));
  }
  return failed == 0 ? ExitCode::kOk : ExitCode::kIncomplete;
}

}  // namespace

ExitCode ProbeCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto fail = [&](const base::Status& status) {
    console.Error(status.message());
    return ExitCode::kUsage;
  };
  auto options = CollectOptionsOf(invocation);
  if (!options) return fail(options.error());
  const auto names = ProbeNamesOf(invocation);
  if (!names) return fail(names.error());
  const auto host = HostOf(invocation);
  if (!host) return fail(host.error());
  const auto redaction = RedactionOrReport(invocation, host->get(), console);
  if (!redaction) return ExitCode::kUsage;
  auto loaded = LoadOrReport(invocation, console);
  if (!loaded) return ExitCode::kUsage;
  if (!invocation.arguments.empty()) {
    auto typed = TypedTargets(invocation);
    if (!typed) return fail(typed.error());
    loaded->manifests.assign(1, std::move(*typed));
    run::SetProbeNames(loaded->manifests, *names);
  }
  const base::Deadline deadline = base::Deadline::After(options->timeout, &session.stop);
  const Probed all = ProbeAll(loaded->manifests, session, **host, deadline);
  for (const base::Status& problem : all.problems)
    console.Error(problem.message());
  if (!all.problems.empty()) return ExitCode::kUsage;
  if (all.targets.array()->empty()) {
    return fail({base::Code::kMissing, {"cli.probe.nobody", {}}});
  }
  const ExitCode code = Tell(console, all, redaction->engine, invocation.Has("json"));
  return session.stop.raised() ? ExitCode::kInterrupted : code;
}

}  // namespace casepack::cli
