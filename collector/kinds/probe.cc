// probe: whether the machines that this host has to reach can be reached, layer by layer,
// all of them at the same time. Whom to probe is a manifest's matter; names come from the
// user or from what the host knows (probe_targets.h).
#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/kinds/probe_document.h"
#include "collector/kinds/probe_record.h"
#include "collector/kinds/probe_targets.h"
#include "collector/kinds/probe_words.h"

namespace casepack::kinds {

extern const Kind kProbeKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"targets", FieldType::kTextList, Presence::kRequired},
    {"find", FieldType::kTextList},
    {"if_any", FieldType::kTextList},
    {"manager", FieldType::kTextList},
    {"relay", FieldType::kTextList},
    {"agent", FieldType::kTextList},
    {"ntp", FieldType::kTextList},
    {"proxy", FieldType::kText},
    {"via", FieldType::kChoice, Presence::kOptional, "any", "any|found|direct"},
    {"trust", FieldType::kChoice, Presence::kOptional, "system", "system|any"},
    {"verified", FieldType::kFlag, Presence::kOptional, "true"},
    {"layer_timeout", FieldType::kDuration, Presence::kOptional, "5s"},
};

constexpr auto kWhole = std::chrono::seconds(15);
constexpr const char* kMember = "probe.json";

// The user named whom a target of this item wants.
bool NamesSomebody(const Context& context) {
  const auto& targets = context.options.TextList("targets");
  return std::any_of(std::begin(kRoles), std::end(kRoles), [&](const char* role) {
    const std::string place = "{" + std::string(role) + "}";
    return IsGiven(context, role) &&
           std::any_of(targets.begin(), targets.end(), [&](const std::string& target) {
             return target.find(place) != std::string::npos;
           });
  });
}

// An item of another role's host is not for this one, unless the user says whom to probe.
bool IsForThisHost(const Context& context) {
  if (NamesSomebody(context) || !context.options.Has("if_any")) return true;
  const auto& paths = context.options.TextList("if_any");
  return paths.empty() || std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
           const auto info = context.host.Stat(path, os::Links::kTrusted);
           return info.has_value() || info.error().code() == Code::kDenied;
         });
}

// The proxy that the item's targets are to be reached through.
base::Result<std::optional<os::ProbeProxy>> ProxyOf(const Context& context, const ProbePlan& plan) {
  const std::string& via = context.options.Text("via");
  if (via == "direct") return std::optional<os::ProbeProxy>();
  if (via == "any" && context.options.Has("proxy") && !context.options.Text("proxy").empty()) {
    ASSIGN_OR_RETURN(os::ProbeProxy given, os::ParseProxy(context.options.Text("proxy")));
    return std::optional(std::move(given));
  }
  for (const KnownName& known : plan.known) {
    if (known.role != "proxy") continue;
    auto found = os::ParseProxy(known.value);
    if (found) return std::optional(std::move(*found));
  }
  return std::optional<os::ProbeProxy>();
}

bool CanUseProxy(os::ProbeScheme scheme) {
  return scheme == os::ProbeScheme::kTls || scheme == os::ProbeScheme::kHttps ||
         scheme == os::ProbeScheme::kHttp;
}

base::Result<ProbePlan> MakePlan(const Context& context) {
  ProbePlan plan;
  if (!IsForThisHost(context)) return Status(Code::kMissing, {"kinds.probe.other_role", {}});
  FindNames(context, plan);
  for (const std::string& text : context.options.TextList("targets"))
    RETURN_IF_ERROR(AddTargets(text, plan));
  if (plan.items.empty()) {
    std::string roles;
    for (const std::string& role : plan.unknown)
      roles += (roles.empty() ? "" : ", ") + role;
    return Status(Code::kMissing, {"kinds.probe.nobody", {{"roles", roles}}});
  }
  if (plan.items.size() > kMaxProbes) plan.items.resize(kMaxProbes);
  ASSIGN_OR_RETURN(const std::optional<os::ProbeProxy> proxy, ProxyOf(context, plan));
  for (ProbeItem& item : plan.items) {
    const bool any = context.options.Text("trust") == "any";
    item.target.trust = any ? os::Trust::kAnyCertificate : os::Trust::kSystemRoots;
    if (CanUseProxy(item.target.scheme)) item.target.proxy = proxy;
  }
  return plan;
}

std::string HostPort(const std::string& host, uint16_t port) {
  const bool ipv6 = host.find(':') != std::string::npos;
  const std::string shown = ipv6 ? "[" + host + "]" : host;
  return port == 0 ? shown : shown + ":" + std::to_string(port);
}

std::string UrlOf(const os::ProbeTarget& target) {
  return std::string(os::SchemeName(target.scheme)) + "://" + HostPort(target.host, target.port) +
         (target.path == "/" ? std::string() : target.path);
}

Json TextJson(const Context& context, base::Message message) {
  bundle::Text text{std::move(message), {}, {}};
  if (context.translate) context.translate(text);
  Json json;
  json.Set("key", text.message.key);
  SetText(json, "en", text.en);
  SetText(json, "ja", text.ja);
  return json;
}

void SetWords(const Context& context, const ProbeItem& item, const os::Verdict& verdict,
              Json& json) {
  const char* const key = VerdictKey(verdict);
  const os::ProbeTarget& target = item.target;
  const bool of_proxy = target.proxy && verdict.layer != "tls" && verdict.layer != "http";
  const std::string host = of_proxy ? target.proxy->host : target.host;
  const uint16_t port = of_proxy ? target.proxy->port : target.port;
  base::Message message{key,
                        {{"target", UrlOf(target)},
                         {"host", host},
                         {"port", std::to_string(port)},
                         {"reason", verdict.reason}}};
  json.Set("sentence", TextJson(context, message));
  if (verdict.layer.empty()) return;
  message.key += ".hint";
  json.Set("remedy", TextJson(context, std::move(message)));
}

Json TargetJson(const Context& context, const ProbeItem& item, const os::ProbeReport& report) {
  const os::Verdict verdict = WithClocks(os::Judge(item.target.scheme, report), report);
  Json json;
  json.Set("target", item.id);
  json.Set("url", UrlOf(item.target));
  if (item.target.proxy) {
    json.Set("via", HostPort(item.target.proxy->host, item.target.proxy->port));
  }
  json.Set("verified", context.options.Flag("verified"));
  json.Set("state",
           verdict.state == os::LayerState::kSkipped ? "unknown" : StateName(verdict.state));
  json.Set("deciding", verdict.layer.empty() ? Json() : Json(verdict.layer));
  SetText(json, "reason", verdict.reason);
  SetWords(context, item, verdict, json);
  json.Set("ms", Milliseconds(report.took));
  json.Set("layers", LayersJson(report));
  return json;
}

Json KnownJson(const ProbePlan& plan) {
  Json known{Json::Array()};
  for (const KnownName& name : plan.known) {
    Json one;
    one.Set("role", name.role);
    one.Set("value", name.value);
    one.Set("from", name.from.empty() ? "options" : name.from);
    known.Push(std::move(one));
  }
  return known;
}

Json Document(const Context& context, const ProbePlan& plan,
              std::span<const os::ProbeReport> reports) {
  Json document;
  Json rows{Json::Array()};
  Json facts{Json::Object()};
  for (size_t i = 0; i < reports.size(); ++i) {
    const ProbeItem& item = plan.items[i];
    rows.Push(TargetJson(context, item, reports[i]));
    if (facts.Find(item.id) == nullptr) facts.Set(item.id, FactsJson(reports[i]));
  }
  document.Set("targets", std::move(rows));
  document.Set("facts", std::move(facts));
  document.Set("known", KnownJson(plan));
  if (!plan.unknown.empty()) document.Set("unknown", TextsJson(plan.unknown));
  return document;
}

Status Run(const Context& context, bundle::Entry& entry) {
  ASSIGN_OR_RETURN(const Json document, ProbeDocuments({context}).at(0));
  ASSIGN_OR_RETURN(bundle::MemberWriter member, entry.Open({kMember, {}, {}}));
  RETURN_IF_ERROR(member.Document(document));
  const bool stopped = context.deadline.stop != nullptr && context.deadline.stop->raised();
  return stopped ? Status(Code::kCancelled, {"kinds.cancelled", {}}) : Status();
}

// Names are not looked for: that would run programs.
Status Foresee(const Context& context, Preview& preview) {
  constexpr uint64_t kUsualSize = 8U << 10U;
  if (!IsForThisHost(context)) return {Code::kMissing, {"kinds.probe.other_role", {}}};
  ProbePlan given;
  AddGiven(context, given);
  for (const std::string& text : context.options.TextList("targets")) {
    given.items.clear();
    RETURN_IF_ERROR(AddTargets(text, given));
    if (given.items.empty()) preview.steps.push_back({Preview::Act::kProbe, text, std::nullopt});
    for (const ProbeItem& item : given.items)
      preview.steps.push_back({Preview::Act::kProbe, UrlOf(item.target), std::nullopt});
  }
  if (context.options.Has("find")) {
    for (const std::string& source : context.options.TextList("find")) {
      const std::vector<std::string_view> parts = SplitAt(source, '|', 4);
      if (parts.size() != 4 || IsGiven(context, parts[0])) continue;
      const auto act = parts[1] == "run" ? Preview::Act::kRun : Preview::Act::kRead;
      const bool there = std::any_of(preview.steps.begin(), preview.steps.end(),
                                     [&](const auto& step) { return step.what == parts[2]; });
      if (!there) preview.steps.push_back({act, std::string(parts[2]), std::nullopt});
    }
  }
  preview.bytes =
      std::min(kUsualSize * context.options.TextList("targets").size(), context.limits.max_bytes);
  return {};
}

}  // namespace

std::vector<base::Result<Json>> ProbeDocuments(const std::vector<Context>& contexts) {
  std::vector<base::Result<ProbePlan>> plans;
  std::vector<os::ProbeTarget> targets;
  os::ProbeLimits limits;
  for (const Context& context : contexts) {
    plans.push_back(MakePlan(context));
    if (!plans.back()) continue;
    limits.layer = context.options.Duration("layer_timeout");
    for (const ProbeItem& item : plans.back()->items)
      targets.push_back(item.target);
  }
  if (!contexts.empty()) {  // they are of one run: its end and its stop flag are theirs
    limits.whole = base::Deadline::After(kWhole, contexts[0].deadline.stop);
    limits.whole.at = std::min(limits.whole.at, contexts[0].deadline.at);
  }
  auto reports =
      targets.empty() ? std::vector<os::ProbeReport>() : contexts[0].host.Probe(targets, limits);
  std::vector<base::Result<Json>> documents;
  size_t next = 0;
  for (size_t i = 0; i < contexts.size(); ++i) {
    if (!plans[i] || !reports) {
      documents.emplace_back(plans[i] ? reports.error() : plans[i].error());
      continue;
    }
    const std::span<const os::ProbeReport> all(*reports);
    const size_t count = plans[i]->items.size();
    documents.emplace_back(Document(contexts[i], *plans[i], all.subspan(next, count)));
    next += count;
  }
  return documents;
}

const Kind kProbeKind = {
    "probe",
    kFields,
    {.timeout = std::chrono::seconds(25), .max_bytes = 4U << 20U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
