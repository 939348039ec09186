// dsm_api: how many agents of how many have their anti-malware engine offline, asked of the
// Deep Security Manager itself with a key that the user gives: one search of its API,
// reading only. Only when the user says so (--dsm-url).
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collector/kinds/dsm_api_count.h"
#include "collector/kinds/dsm_api_document.h"
#include "collector/kinds/dsm_api_pages.h"
#include "collector/kinds/kind.h"
#include "collector/os/net_settings.h"
#include "collector/os/net_url.h"
#include "collector/os/read.h"
#include "collector/os/secret_file.h"
#include "collector/os/user_file.h"

namespace casepack::kinds {

extern const Kind kDsmApiKind;

namespace {

using base::Code;
using base::Json;
using base::Result;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"offline_texts", FieldType::kTextList, Presence::kRequired},
    {"expand", FieldType::kTextList, Presence::kOptional, "computerStatus"},
    {"page", FieldType::kInteger, Presence::kOptional, "500"},
    {"url", FieldType::kText},
    {"key_file", FieldType::kText},
    {"ca", FieldType::kText},
    {"pin", FieldType::kText},
    {"proxy", FieldType::kText},
};

constexpr const char* kCounts = "agents.json";
constexpr const char* kHosts = "hosts.ndjson";
constexpr uint64_t kRoomForCounts = 1U << 20U;
constexpr uint64_t kMaxComputers = 1'000'000;
constexpr int64_t kMaxPage = 5000;

std::string Given(const manifest::Options& options, std::string_view name) {
  return options.Has(name) ? options.Text(name) : std::string();
}

struct Access {
  os::HttpsServer server;
  DsmSearch search;
};

Result<std::string> ReadKey(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, os::ReadSecretFile(path));
  const std::string key(os::Trim(text));
  constexpr size_t kMost = 4096;
  const bool fine = !key.empty() && key.size() <= kMost &&
                    std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7F; });
  if (!fine) return Status(Code::kInvalid, {"kinds.dsm_api.bad_key", {{"path", path}}});
  return key;
}

// "https://dsm.example:4119", with or without "/api".
Status TakeUrl(const std::string& url, Access& access) {
  Status bad(Code::kInvalid, {"kinds.dsm_api.bad_url", {{"url", url}}});
  auto target = os::ParseTarget(url);
  if (!target || target->scheme != os::ProbeScheme::kHttps) return bad;
  if (target->path.find_first_of("?#") != std::string::npos) return bad;
  std::string path = target->path;
  while (path.ends_with('/'))
    path.pop_back();
  if (!path.empty()) access.search.path = std::move(path);
  access.server.target = std::move(*target);
  return {};
}

Status TakeTrust(const manifest::Options& options, Access& access) {
  const std::string pin = Given(options, "pin");
  const std::string ca = Given(options, "ca");
  if (!pin.empty()) {
    const auto digits = os::ParseFingerprint(pin);
    if (!digits) return {Code::kInvalid, {"kinds.dsm_api.bad_pin", {{"pin", pin}}}};
    access.server.pin = *digits;
  }
  if (ca.empty()) return {};
  ASSIGN_OR_RETURN(access.server.roots_pem, os::ReadUserFile(ca));
  if (os::RootStore(access.server.roots_pem).size() > 0) return {};
  return {Code::kInvalid, {"kinds.dsm_api.bad_ca", {{"path", ca}}}};
}

Result<Access> AccessOf(const manifest::Options& options) {
  Access access;
  RETURN_IF_ERROR(TakeUrl(Given(options, "url"), access));
  RETURN_IF_ERROR(TakeTrust(options, access));
  if (const std::string proxy = Given(options, "proxy"); !proxy.empty()) {
    ASSIGN_OR_RETURN(access.server.target.proxy, os::ParseProxy(proxy));
  }
  for (const std::string& name : options.TextList("expand")) {
    const bool word = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    if (!word) return Status(Code::kInvalid, {"kinds.dsm_api.bad_expand", {{"word", name}}});
    access.search.expand.push_back(name);
  }
  access.search.page = std::clamp<int64_t>(options.Integer("page"), 1, kMaxPage);
  ASSIGN_OR_RETURN(access.search.key, ReadKey(Given(options, "key_file")));
  return access;
}

// Counts what it reads, and holds the manager to the order of IDs: without it there is no
// telling whether a computer was passed over.
class Taker {
 public:
  Taker(const Context& context, const std::string& key, const EachDsmHost& each)
      : reader_(context.options.TextList("offline_texts"), key), each_(each) {}

  Result<int64_t> Page(const Json::Array& computers, int64_t after) {
    int64_t last = after;
    for (const Json& computer : computers) {
      const auto host = reader_.Read(computer);
      if (!host) {
        counter_.AddUnreadable();
        continue;
      }
      if (host->id <= last) {
        const char* const key = last == after ? "kinds.dsm_api.loop" : "kinds.dsm_api.order";
        return Status(Code::kInvalid, {key, {{"id", std::to_string(host->id)}}});
      }
      last = host->id;
      RETURN_IF_ERROR(One(*host));
    }
    if (last > after) return last;
    return Status(Code::kInvalid, {"kinds.dsm_api.shape", {}});
  }

  // Of a file nobody knows the order.
  Status All(const Json::Array& computers) {
    for (const Json& computer : computers) {
      const auto host = reader_.Read(computer);
      if (!host) counter_.AddUnreadable();
      if (host) RETURN_IF_ERROR(One(*host));
    }
    return {};
  }

  [[nodiscard]] Json Counts() const { return counter_.Json(); }
  [[nodiscard]] uint64_t computers() const { return counter_.computers(); }

 private:
  Status One(const DsmHost& host) {
    counter_.Add(host);
    RETURN_IF_ERROR(each_(host));
    if (counter_.computers() < kMaxComputers) return {};
    return {Code::kFull, {"kinds.dsm_api.too_many", {{"count", std::to_string(kMaxComputers)}}}};
  }

  DsmHostReader reader_;
  const EachDsmHost& each_;
  DsmCounter counter_;
};

Json Texts(const std::vector<std::string>& texts) {
  Json list{Json::Array()};
  for (const std::string& text : texts)
    list.Push(text);
  return list;
}

Status Nobody() { return {Code::kMissing, {"kinds.dsm_api.nobody", {}}}; }

DsmAnswer Finish(const Context& context, Json document, const Taker& taker, Status status) {
  document.Set("read", base::FormatUtc(context.host.Now()));
  document.Set("complete", status.ok());
  document.Set("offline_texts", Texts(context.options.TextList("offline_texts")));
  // Under another name: nobody is to take a part for the whole.
  document.Set(status.ok() ? "counts" : "counts_so_far", taker.Counts());
  return {std::move(document), std::move(status)};
}

Status Run(const Context& context, bundle::Entry& entry) {
  if (Given(context.options, "url").empty()) return {Code::kMissing, {"kinds.dsm_api.none", {}}};
  RETURN_IF_ERROR(CheckDsm(context.options));
  ASSIGN_OR_RETURN(bundle::MemberWriter hosts, entry.Open({kHosts, {}, {}}));
  uint64_t left_out = 0;
  DsmAnswer answer = AskDsm(context, [&](const DsmHost& host) {
    const bool room = entry.Room() > kRoomForCounts;
    left_out += room ? 0U : 1U;
    return room ? hosts.Record(DsmHostJson(host)) : Status();
  });
  if (left_out > 0) hosts.MarkCut(bundle::Cut::kTail);
  RETURN_IF_ERROR(hosts.Close());
  answer.document.Set("hosts_left_out", left_out);
  ASSIGN_OR_RETURN(bundle::MemberWriter counts, entry.Open({kCounts, {}, {}}));
  RETURN_IF_ERROR(counts.Document(answer.document));
  RETURN_IF_ERROR(counts.Close());
  return answer.status;
}

Status Foresee(const Context& context, Preview& preview) {
  if (Given(context.options, "url").empty()) return {Code::kMissing, {"kinds.dsm_api.none", {}}};
  RETURN_IF_ERROR(CheckDsm(context.options));
  preview.steps.push_back({Preview::Act::kProbe, Given(context.options, "url"), std::nullopt});
  preview.bytes = std::min<uint64_t>(1U << 20U, context.limits.max_bytes);
  return {};
}

}  // namespace

Status CheckDsm(const manifest::Options& options) { return AccessOf(options).error(); }

DsmAnswer AskDsm(const Context& context, const EachDsmHost& each) {
  if (!context.host.Identity().is_running)
    return {{}, {Code::kUnsupported, {"os.probe.other_root", {}}}};
  auto access = AccessOf(context.options);
  if (!access) return {{}, access.error()};
  const os::ProbeSettings settings = os::ProbeSettingsOf(context.host);
  if (access->server.roots_pem.empty()) access->server.roots_pem = settings.roots_pem;
  constexpr os::HttpsLimits kLimits{.max_body = DsmPages::kMaxBody};
  os::HttpsClient client(settings, access->server, kLimits);
  DsmPages pages(client, access->search, context.deadline);
  Taker taker(context, access->search.key, each);
  Status status = pages.All(
      [&](const Json::Array& computers, int64_t after) { return taker.Page(computers, after); });
  // A key without the right to view computers may well be told of none: that is no count.
  if (status.ok() && taker.computers() == 0) status = Nobody();
  Json document;
  document.Set("source", "api");
  document.Set("manager", access->server.target.host);
  document.Set("port", static_cast<int64_t>(access->server.target.port));
  document.Set("calls", pages.calls());
  document.Set("throttled", pages.throttled());
  return Finish(context, std::move(document), taker, std::move(status));
}

DsmAnswer ReadDsm(const Context& context, std::string_view saved, const EachDsmHost& each) {
  const auto json = base::ParseJson(saved);
  if (!json) return {{}, {Code::kInvalid, {"kinds.dsm_api.not_json", {}}}};
  const Json* computers = json->array() != nullptr ? &*json : json->Find("computers");
  if (computers == nullptr || computers->array() == nullptr)
    return {{}, {Code::kInvalid, {"kinds.dsm_api.shape", {}}}};
  const std::string no_key;
  Taker taker(context, no_key, each);
  Status status = taker.All(*computers->array());
  if (status.ok() && taker.computers() == 0) status = Nobody();
  Json document;
  document.Set("source", "file");
  return Finish(context, std::move(document), taker, std::move(status));
}

const Kind kDsmApiKind = {
    "dsm_api",
    kFields,
    {.timeout = std::chrono::minutes(5), .max_bytes = 32U << 20U, .max_files = 2},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
