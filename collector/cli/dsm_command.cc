#include <fmt/format.h>

#include <optional>

#include "collector/base/utf8.h"
#include "collector/bundle/json_redaction.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"
#include "collector/kinds/dsm_api_document.h"
#include "collector/os/output.h"
#include "collector/os/user_input.h"
#include "collector/report/csv.h"
#include "collector/run/dsm_access.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Json;
using base::Status;

constexpr std::string_view kKind = "dsm_api";
constexpr size_t kMaxOffline = 10'000;  // kept for the end: those beyond are in --csv
constexpr size_t kShown = 50;
constexpr size_t kMaxSaved = size_t{64} << 20U;  // what ParseJson takes

base::Result<std::string> ReadSaved(const std::string& path) {
  ASSIGN_OR_RETURN(os::UserInput input, os::UserInput::Open(path));
  std::string text;
  std::vector<char> buffer(256U << 10U);
  while (true) {
    ASSIGN_OR_RETURN(const size_t got, input.Read(buffer));
    if (got == 0) return text;
    text.append(buffer.data(), got);
    if (text.size() > kMaxSaved)
      return Status(Code::kFull, {"os.user_file.large", {{"path", path}}});
  }
}

std::string Joined(const Json& row, const char* name) {
  std::string joined;
  const Json* texts = row.Find(name);
  if (texts == nullptr || texts->array() == nullptr) return joined;
  for (const Json& text : *texts->array()) {
    if (text.string() != nullptr) joined += (joined.empty() ? "" : "; ") + *text.string();
  }
  return joined;
}

bool IsTrue(const Json& row, const char* name) {
  const Json* value = row.Find(name);
  return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

// Takes each computer as it comes, redacted: into the CSV, and those that are offline for
// what is said at the end.
class Rows {
 public:
  explicit Rows(redaction::EnginePtr engine) : engine_(std::move(engine)) {}

  Status OpenCsv(const std::string& path) {
    ASSIGN_OR_RETURN(csv_, os::AtomicFile::Create(path));
    return csv_->Write(report::CsvRow({"id", "host", "agent", "am_offline", "agent_status",
                                       "status", "agent_version", "platform", "last_contact"}));
  }
  Status Add(const kinds::DsmHost& host) {
    const bool keep = host.am_offline && offline_.size() < kMaxOffline;
    if (!keep && !csv_) return {};
    const Json row = bundle::RedactJson(engine_, kinds::DsmHostJson(host), &counts_);
    if (keep) offline_.push_back(row);
    if (!csv_) return {};
    return csv_->Write(report::CsvRow(
        {fmt::to_string(host.id), row.StringOr("host", ""), host.has_agent ? "yes" : "no",
         host.am_offline ? "yes" : "no", row.StringOr("agent_status", ""), Joined(row, "status"),
         row.StringOr("agent_version", ""), row.StringOr("platform", ""),
         row.StringOr("last_contact", "")}));
  }
  Status CommitCsv() { return csv_ ? csv_->Commit() : Status(); }

  [[nodiscard]] const Json::Array& offline() const { return offline_; }

 private:
  redaction::EnginePtr engine_;
  redaction::Counts counts_;
  std::optional<os::AtomicFile> csv_;
  Json::Array offline_;
};

void PrintTable(Console& console, const Json& counts, const char* name, const char* title) {
  console.OutLine("");
  console.OutLine(console.Text(title));
  size_t shown = 0;
  for (const Json& row : *counts.Find(name)->array()) {
    if (++shown > kShown) break;
    const Json* value = row.Find("value");
    const std::string text = value->is_null()           ? console.Text("cli.dsm.others")
                             : value->string()->empty() ? console.Text("cli.dsm.not_told")
                                                        : base::Visible(*value->string());
    console.OutLine(fmt::format("{:>7} /{:>7}  {}", row.IntegerOr("am_offline", 0),
                                row.IntegerOr("agents", 0), text));
  }
}

void PrintOffline(Console& console, const Json::Array& offline, int64_t all) {
  if (offline.empty()) return;
  console.OutLine("");
  console.OutLine(console.Text("cli.dsm.hosts"));
  for (size_t i = 0; i < std::min(offline.size(), kShown); ++i) {
    const Json& row = offline[i];
    console.OutLine(fmt::format(
        "{:>9}  {}  {}  {}  {}", row.IntegerOr("id", 0), base::Visible(row.StringOr("host", "")),
        base::Visible(row.StringOr("agent_version", "")), row.StringOr("last_contact", "-"),
        base::Visible(Joined(row, "status"))));
  }
  const int64_t more = all - static_cast<int64_t>(std::min(offline.size(), kShown));
  if (more > 0)
    console.OutLine(console.Render({"cli.dsm.more", {{"count", fmt::to_string(more)}}}));
}

void Print(Console& console, const Json& document, const Json::Array& offline) {
  const bool complete = IsTrue(document, "complete");
  const Json& counts = *document.Find(complete ? "counts" : "counts_so_far");
  if (counts.IntegerOr("computers", 0) == 0) return;  // the error says it all
  const auto number = [&](const char* name) { return fmt::to_string(counts.IntegerOr(name, 0)); };
  console.OutLine(
      console.Render({complete ? "cli.dsm.headline" : "cli.dsm.so_far",
                      {{"offline", number("am_offline")}, {"agents", number("agents")}}}));
  console.OutLine(console.Render({"cli.dsm.more_counts",
                                  {{"computers", number("computers")},
                                   {"untold", number("without_status")},
                                   {"unreadable", number("unreadable")},
                                   {"time", document.StringOr("read", "")}}}));
  PrintTable(console, counts, "by_status", "cli.dsm.by_status");
  PrintTable(console, counts, "by_version", "cli.dsm.by_version");
  PrintTable(console, counts, "by_platform", "cli.dsm.by_platform");
  PrintOffline(console, offline, counts.IntegerOr("am_offline", 0));
}

void Tell(Console& console, const Json& document, const Rows& rows, bool as_json) {
  if (!as_json) return Print(console, document, rows.offline());
  Json all = document;
  all.Set("offline_hosts", rows.offline());
  console.OutLine(base::WriteJson(all, base::JsonStyle::kIndented));
}

// Exactly one way: the manager, or what it said before.
Status CheckWay(const Invocation& invocation) {
  const bool asks = invocation.Has("url") || invocation.Has("api-key-file") ||
                    invocation.Has("ca") || invocation.Has("pin");
  if (asks != invocation.Has("from")) return {};
  return {Code::kInvalid, {"cli.dsm.url_or_from", {}}};
}

const manifest::Item* FindItem(const run::Loaded& loaded) {
  for (const manifest::Manifest& manifest : loaded.manifests) {
    for (const manifest::Item& item : manifest.items) {
      if (item.kind == kKind) return &item;
    }
  }
  return nullptr;
}

base::Result<kinds::DsmAnswer> AnswerOf(const Invocation& invocation, const kinds::Context& context,
                                        Rows& rows) {
  const auto each = [&](const kinds::DsmHost& host) { return rows.Add(host); };
  const auto saved = invocation.Value("from");
  if (!saved) return kinds::AskDsm(context, each);
  ASSIGN_OR_RETURN(const std::string text, ReadSaved(*saved));
  return kinds::ReadDsm(context, text, each);
}

// What was typed is right, and nothing has been asked yet.
struct Prepared {
  base::Duration timeout{};
  std::shared_ptr<const os::Host> host;
  run::Loaded loaded;
};

base::Result<Prepared> Prepare(const Invocation& invocation, Console& console) {
  RETURN_IF_ERROR(CheckWay(invocation));
  ASSIGN_OR_RETURN(const run::CollectOptions options, CollectOptionsOf(invocation));
  ASSIGN_OR_RETURN(auto host, HostOf(invocation));
  auto loaded = LoadOrReport(invocation, console);
  if (!loaded) return Status(Code::kInvalid, {});
  const auto value = [&](const char* flag) { return invocation.Value(flag).value_or(""); };
  const run::DsmAccess access{value("url"), value("api-key-file"), value("ca"), value("pin"),
                              value("proxy")};
  if (!invocation.Has("from")) RETURN_IF_ERROR(run::SetDsmAccess(loaded->manifests, access));
  if (FindItem(*loaded) == nullptr) return Status(Code::kMissing, {"run.dsm_access.not_taken", {}});
  return Prepared{options.timeout, std::move(host), std::move(*loaded)};
}

}  // namespace

ExitCode DsmCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto fail = [&](const Status& status, ExitCode code) {
    if (!status.message().key.empty()) console.Error(status.message());
    return code;
  };
  const auto prepared = Prepare(invocation, console);
  if (!prepared) return fail(prepared.error(), ExitCode::kUsage);
  const auto redaction = RedactionOrReport(invocation, prepared->host.get(), console);
  if (!redaction) return ExitCode::kUsage;
  Rows rows(redaction->engine);
  if (const auto path = invocation.Value("csv")) {
    const Status opened = rows.OpenCsv(*path);
    if (!opened.ok()) return fail(opened, ExitCode::kNotWritten);
  }
  const manifest::Item& item = *FindItem(prepared->loaded);
  const kinds::Context context{*prepared->host, item.options, item.limits,
                               base::Deadline::After(prepared->timeout, &session.stop)};
  const auto answer = AnswerOf(invocation, context, rows);
  if (!answer) return fail(answer.error(), ExitCode::kUsage);
  if (answer->document.Find("complete") != nullptr) {
    redaction::Counts counts;
    Tell(console, bundle::RedactJson(redaction->engine, answer->document, &counts), rows,
         invocation.Has("json"));
  }
  if (session.stop.raised()) return fail(answer->status, ExitCode::kInterrupted);
  if (!answer->status.ok()) return fail(answer->status, ExitCode::kIncomplete);
  const Status written = rows.CommitCsv();
  return written.ok() ? ExitCode::kOk : fail(written, ExitCode::kNotWritten);
}

}  // namespace casepack::cli
