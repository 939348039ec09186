#include <algorithm>
#include <array>

#include "collector/base/json.h"
#include "collector/base/utf8.h"
#include "collector/cli/commands.h"
#include "collector/cli/fleet_paths.h"
#include "collector/fleet/digest.h"
#include "collector/fleet/html.h"
#include "collector/fleet/json.h"
#include "collector/fleet/load.h"
#include "collector/fleet/report.h"
#include "collector/fleet/rows.h"
#include "collector/fleet/text.h"
#include "collector/os/output.h"
#include "collector/os/user_input.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

constexpr size_t kListBytes = 64U << 20U;
constexpr size_t kLongestLine = 1U << 20U;

// "a,b" and the flag given again: one list.
std::vector<std::string> ListOf(const Invocation& invocation, std::string_view flag) {
  const std::vector<std::string> values = invocation.Values(flag);
  std::vector<std::string> list;
  for (std::string_view rest : values) {
    while (!rest.empty()) {
      const size_t comma = rest.find(',');
      const std::string_view one = rest.substr(0, comma);
      if (!one.empty()) list.emplace_back(one);
      rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    }
  }
  return list;
}

base::Result<std::optional<std::vector<fleet::ListedHost>>> HostsOfFile(
    const Invocation& invocation, std::string_view flag) {
  const auto path = invocation.Value(flag);
  if (!path) return std::optional<std::vector<fleet::ListedHost>>();
  ASSIGN_OR_RETURN(const std::string text, ReadAll(*path, kListBytes));
  auto hosts = fleet::ParseHostList(text);
  if (hosts.empty()) {
    return Status(Code::kInvalid, {"cli.fleet.no_hosts", {{"path", base::Visible(*path)}}});
  }
  return std::optional(std::move(hosts));
}

base::Result<fleet::ReportOptions> OptionsOf(const Invocation& invocation) {
  fleet::ReportOptions options;
  if (invocation.Has("state")) options.states.affected = ListOf(invocation, "state");
  if (invocation.Has("ok-state")) options.states.healthy = ListOf(invocation, "ok-state");
  for (const std::string& state : options.states.affected) {
    const auto& healthy = options.states.healthy;
    if (std::find(healthy.begin(), healthy.end(), state) != healthy.end())
      return Status(Code::kInvalid, {"cli.fleet.both_states", {{"state", base::Visible(state)}}});
  }
  options.by = ListOf(invocation, "by");
  options.host = invocation.Value("host").value_or("");
  ASSIGN_OR_RETURN(options.labels, HostsOfFile(invocation, "group-file"));
  ASSIGN_OR_RETURN(options.inventory, HostsOfFile(invocation, "inventory"));
  return options;
}

// Lines of any length; what is too long for a digest is cut, and so is none.
Status ReadDigests(const std::string& path, fleet::DigestReader& reader) {
  ASSIGN_OR_RETURN(os::UserInput input, os::UserInput::Open(path));
  std::string buffer(64U << 10U, '\0');
  std::string line;
  for (;;) {
    ASSIGN_OR_RETURN(const size_t got, input.Read(buffer));
    std::string_view bytes(buffer.data(), got);
    while (!bytes.empty()) {
      const size_t end = bytes.find('\n');
      if (line.size() < kLongestLine) line.append(bytes.substr(0, end));
      if (end == bytes.npos) break;
      reader.Line(line);
      line.clear();
      bytes.remove_prefix(end + 1);
    }
    if (got == 0) break;
  }
  if (!line.empty()) reader.Line(line);
  return {};
}

base::Result<fleet::Table> TableOf(const Invocation& invocation, const base::StopFlag& stop) {
  if (invocation.Has("digests")) {
    if (!invocation.arguments.empty())
      return Status(Code::kInvalid, {"cli.fleet.bundles_and_digests", {}});
    fleet::DigestReader reader;
    for (const std::string& path : invocation.Values("digests"))
      RETURN_IF_ERROR(ReadDigests(path, reader));
    return reader.Finish();
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> paths, FleetPaths(invocation.arguments));
  if (paths.empty()) return Status(Code::kInvalid, {"cli.fleet.nothing", {}});
  return fleet::Load(paths, {0, &stop});
}

// Not all of what was named could be read.
bool IsIncomplete(const fleet::Totals& totals) {
  uint32_t unread = 0;
  for (const fleet::Reading reading :
       {fleet::Reading::kMissing, fleet::Reading::kDenied, fleet::Reading::kForeign,
        fleet::Reading::kBroken, fleet::Reading::kEncrypted, fleet::Reading::kNewer,
        fleet::Reading::kFailed})
    unread += totals.readings.at(static_cast<size_t>(reading));
  return unread > 0;
}

using Writing = std::function<void(const fleet::TextSink&)>;

// To a file that exists whole or not at all, or to standard output.
Status WriteTo(const std::string& path, Console& console, const Writing& write) {
  if (path == "-") {
    write([&](std::string_view text) { return console.Out(text); });
    return {};
  }
  ASSIGN_OR_RETURN(os::AtomicFile file, os::AtomicFile::Create(path));
  Status status;
  write([&](std::string_view text) {
    status = file.Write(text);
    return status.ok();
  });
  RETURN_IF_ERROR(status);
  return file.Commit();
}

// True for what went to standard output, which then has no room for the text.
base::Result<bool> WriteFiles(const Invocation& invocation, Console& console,
                              const fleet::Table& table, const fleet::Report& report) {
  const std::array<std::pair<const char*, Writing>, 4> kinds{{
      {"json",
       [&](const fleet::TextSink& sink) {
         sink(base::WriteJson(fleet::ReportJson(table, report), base::JsonStyle::kIndented) + "\n");
       }},
      {"html",
       [&](const fleet::TextSink& sink) {
         sink(fleet::ReportHtml(table, report, console.words(), console.language()));
       }},
      {"csv", [&](const fleet::TextSink& sink) { fleet::WriteCsv(table, sink); }},
      {"ndjson", [&](const fleet::TextSink& sink) { fleet::WriteNdjson(table, sink); }},
  }};
  bool to_stdout = false;
  for (const auto& [flag, write] : kinds) {
    const auto path = invocation.Value(flag);
    if (!path) continue;
    if (*path == "-" && to_stdout) return Status(Code::kInvalid, {"cli.fleet.two_outputs", {}});
    to_stdout = to_stdout || *path == "-";
    RETURN_IF_ERROR(WriteTo(*path, console, write));
  }
  return to_stdout;
}

}  // namespace

ExitCode FleetCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto fail = [&](const Status& status, ExitCode code) {
    console.Error(status.message());
    return code;
  };
  auto options = OptionsOf(invocation);
  if (!options) return fail(options.error(), ExitCode::kUsage);
  auto table = TableOf(invocation, session.stop);
  if (!table) return fail(table.error(), ExitCode::kUsage);
  const auto report = fleet::MakeReport(*table, *options);
  if (!report) return fail(report.error(), ExitCode::kUsage);
  const auto to_stdout = WriteFiles(invocation, console, *table, *report);
  if (!to_stdout) {
    const bool usage = to_stdout.error().code() == Code::kInvalid;
    return fail(to_stdout.error(), usage ? ExitCode::kUsage : ExitCode::kNotWritten);
  }
  if (!*to_stdout)
    console.Out(fleet::ReportText(*table, *report, console.words(), console.language()));
  if (session.stop.raised()) return ExitCode::kInterrupted;
  return IsIncomplete(report->totals) ? ExitCode::kIncomplete : ExitCode::kOk;
}

}  // namespace casepack::cli
