#include "collector/cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "collector/base/nearest.h"
#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/cli/version.h"
#include "collector/os/net_url.h"
#include "collector/os/terminal.h"
#include "collector/os/user_input.h"
#include "collector/run/dsm_access.h"
#include "collector/run/event_files.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

Status BadValue(const char* flag, const std::string& value, const char* key) {
  return {Code::kInvalid, {key, {{"flag", flag}, {"value", value}}}};
}

base::Result<std::optional<bundle::Format>> FormatOf(const Invocation& invocation) {
  const auto value = invocation.Value("format");
  if (!value) return std::optional<bundle::Format>();
  const auto format = bundle::FormatOfName("x." + *value);
  if (format) return std::optional(*format);
  const std::vector<std::string> known{"tar.gz", "tar.zst", "zip"};
  return Status(Code::kInvalid,
                {"cli.bad_format",
                 {{"value", *value}, {"nearest", std::string(base::Nearest(*value, known))}}});
}

template <typename T>
std::optional<T> Number(const std::string& text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// reproducible-builds.org/specs/source-date-epoch: seconds since 1970.
std::optional<base::Timestamp> SourceDateEpoch() {
  const auto value = os::Environment("SOURCE_DATE_EPOCH");
  if (!value) return std::nullopt;
  constexpr int64_t kLatest = 9'000'000'000;  // the year 2255: within what nanoseconds can say
  const auto seconds = Number<int64_t>(*value);
  if (!seconds || *seconds < 0 || *seconds > kLatest) return std::nullopt;
  return base::Timestamp(std::chrono::seconds(*seconds));
}

Status ReadNumbers(const Invocation& invocation, run::CollectOptions& options) {
  options.roles = invocation.Values("role");
  for (const std::string& role : options.roles) {
    if (role != "agent" && role != "relay" && role != "manager")
      return BadValue("--role", role, "cli.bad_role");
  }
  if (const auto value = invocation.Value("timeout")) {
    const auto span = base::ParseDuration(*value);
    if (!span || *span < std::chrono::seconds(1))
      return BadValue("--timeout", *value, "cli.bad_duration");
    options.timeout = *span;
  }
  if (const auto value = invocation.Value("max-size")) {
    const auto size = base::ParseSize(*value);
    if (!size || *size < uint64_t{64} * 1024) return BadValue("--max-size", *value, "cli.bad_size");
    options.max_size = *size;
  }
  if (const auto value = invocation.Value("jobs")) {
    const auto jobs = Number<unsigned>(*value);
    if (!jobs || *jobs < 1 || *jobs > 64) return BadValue("--jobs", *value, "cli.bad_jobs");
    options.jobs = *jobs;
  }
  return {};
}

// --proxy is for the probes: a manager is mostly on this side of it.
Status GiveDsmAccess(const Invocation& invocation, std::vector<manifest::Manifest>& manifests) {
  const auto value = [&](const char* flag) { return invocation.Value(flag).value_or(""); };
  return run::SetDsmAccess(
      manifests, {value("dsm-url"), value("dsm-key-file"), value("dsm-ca"), value("dsm-pin"), {}});
}

constexpr size_t kMostLabels = 32;
constexpr size_t kLongestLabel = 64;
constexpr size_t kLongestLabelValue = 256;

bool IsLabelName(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  };
  return !name.empty() && name.size() <= kLongestLabel &&
         std::all_of(name.begin(), name.end(), plain);
}

// "site=tokyo": each name once, since two values for one would contradict each other.
Status ReadLabels(const Invocation& invocation, run::CollectOptions& options) {
  for (const std::string& label : invocation.Values("label")) {
    const size_t equals = label.find('=');
    const std::string name = label.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : label.substr(equals + 1);
    if (!IsLabelName(name) || value.empty() || value.size() > kLongestLabelValue ||
        base::Visible(value) != value)
      return BadValue("--label", base::Visible(label), "cli.bad_label");
    if (!options.labels.emplace(name, value).second)
      return BadValue("--label", name, "cli.label_twice");
  }
  if (options.labels.size() > kMostLabels)
    return BadValue("--label", fmt::to_string(kMostLabels), "cli.too_many_labels");
  return {};
}

}  // namespace

base::Result<report::Language> ChooseLanguage(const Invocation& invocation) {
  if (const auto value = invocation.Value("lang")) {
    const auto language = report::LanguageOf(*value);
    if (language && (*value == "ja" || *value == "en")) return *language;
    return Status(Code::kInvalid, {"cli.bad_language", {{"value", *value}}});
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const auto value = os::Environment(name);
    if (!value || value->empty()) continue;
    return report::LanguageOf(*value).value_or(report::Language::kEnglish);
  }
  return report::Language::kEnglish;
}

base::Result<std::shared_ptr<const os::Host>> HostOf(const Invocation& invocation) {
  os::HostOptions options;
  options.root = invocation.Value("root").value_or("/");
  if (invocation.Has("network-mounts")) options.network_mounts = os::NetworkMounts::kInclude;
  ASSIGN_OR_RETURN(auto host, os::OpenHost(options));
  return std::shared_ptr<const os::Host>(std::move(host));
}

base::Result<run::Selection> SelectionOf(const Invocation& invocation) {
  run::Selection selection;
  const std::string package = invocation.Value("diagnostic-package").value_or("path");
  if (package != "path" && package != "create" && package != "embed") {
    return Status(Code::kInvalid, {"cli.bad_diagnostic_package", {{"value", package}}});
  }
  if (package == "create") selection.diagnostic_package = run::DiagnosticPackage::kCreate;
  if (package == "embed") selection.diagnostic_package = run::DiagnosticPackage::kEmbed;
  selection.product = invocation.Value("product").value_or("");
  selection.only = invocation.Values("only");
  selection.skip = invocation.Values("skip");
  selection.consent = invocation.Has("yes") ? run::Ask::kAlreadyYes : run::Ask::kNobody;
  return selection;
}

base::Result<run::CollectOptions> CollectOptionsOf(const Invocation& invocation) {
  run::CollectOptions options;
  options.output = invocation.Value("output").value_or("");
  ASSIGN_OR_RETURN(options.format, FormatOf(invocation));
  ASSIGN_OR_RETURN(options.selection, SelectionOf(invocation));
  RETURN_IF_ERROR(ReadNumbers(invocation, options));
  RETURN_IF_ERROR(ReadLabels(invocation, options));
  options.incident.error_time = invocation.Value("error-time").value_or("");
  options.incident.time_zone = invocation.Value("time-zone").value_or("");
  if (const auto value = invocation.Value("window")) {
    const auto around = records::ParseAround(*value);
    if (!around) return BadValue("--window", *value, "cli.bad_window");
    options.incident.around = *around;
  }
  options.created = SourceDateEpoch();
  options.incident.now = options.created;
  options.version = kVersion;
  options.commit = kCommit;
  return options;
}

base::Result<run::ProbeNames> ProbeNamesOf(const Invocation& invocation) {
  run::ProbeNames names{invocation.Values("manager"), invocation.Values("relay"),
                        invocation.Values("agent"), invocation.Value("proxy").value_or("")};
  const std::pair<const char*, const std::vector<std::string>*> roles[] = {
      {"--manager", &names.manager}, {"--relay", &names.relay}, {"--agent", &names.agent}};
  for (const auto& [flag, hosts] : roles) {
    for (const std::string& host : *hosts) {
      if (!os::IsHost(host)) return BadValue(flag, host, "cli.bad_host");
    }
  }
  if (!names.proxy.empty()) {
    const auto proxy = os::ParseProxy(names.proxy);
    if (!proxy) return proxy.error();
  }
  return names;
}

std::optional<run::Loaded> LoadOrReport(const Invocation& invocation, Console& console) {
  const auto names = ProbeNamesOf(invocation);
  if (!names) {
    console.Error(names.error().message());
    return std::nullopt;
  }
  auto loaded = run::LoadManifests(invocation.Values("manifest"));
  if (!loaded) {
    console.Error(loaded.error().message());
    return std::nullopt;
  }
  ReportProblems(loaded->problems, console);
  if (!loaded->problems.empty()) return std::nullopt;
  run::SetProbeNames(loaded->manifests, *names);
  const Status access = GiveDsmAccess(invocation, loaded->manifests);
  if (!access.ok()) {
    console.Error(access.message());
    return std::nullopt;
  }
  return std::move(*loaded);
}

bool GiveEventsOrReport(const Invocation& invocation, run::Loaded& loaded, Console& console) {
  const std::vector<std::string> files = invocation.Values("events");
  for (const std::string& path : files) {
    // Better known now than after minutes of gathering.
    const auto input = os::UserInput::Open(path);
    if (input) continue;
    console.Error(input.error().message());
    return false;
  }
  if (run::GiveEventFiles(files, loaded)) return true;
  console.Error({"cli.events_not_taken", {}});
  return false;
}

void ReportProblems(const std::vector<manifest::Problem>& problems, Console& console,
                    Severity severity) {
  const char* const word = severity == Severity::kError ? "cli.error" : "cli.warning";
  for (const auto& problem : problems) {
    std::string line =
        fmt::format("{}:{}:{}: {}: {}", problem.file, problem.place.line, problem.place.column,
                    console.Text(word), console.Render(problem.message));
    if (!problem.nearest.empty()) {
      line += " (" + console.Render({"cli.did_you_mean", {{"word", problem.nearest}}}) + ")";
    }
    console.ErrLine(base::Visible(line));
  }
}

}  // namespace casepack::cli
