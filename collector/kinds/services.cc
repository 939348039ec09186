// services: what the machine's service manager knows of each service, as JSON records by
// name. systemd is asked where it runs. Where it does not (a container, an older init,
// another root) the files tell what would start: unit files with the links that enable
// them, and init scripts with their runlevels. No script is ever run.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/os/glob.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kServicesKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"units", FieldType::kTextList, Presence::kOptional, "*"},
};

constexpr std::string_view kSuffix = ".service";
constexpr size_t kMaxOutput = 8U << 20U;
constexpr size_t kMaxNames = 10'000;

using Services = std::map<std::string, Json>;  // by name

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

// The wanted patterns as systemd would complete them.
std::vector<std::string> Patterns(const Context& context) {
  std::vector<std::string> patterns;
  for (const std::string& unit : context.options.TextList("units")) {
    const bool whole = unit.find('.') != std::string::npos;
    patterns.push_back(whole ? unit : unit + std::string(kSuffix));
  }
  return patterns;
}

bool IsWanted(const std::vector<std::string>& patterns, std::string_view unit) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return os::MatchName(pattern, unit); });
}

// --- systemd, asked

struct Property {
  std::string_view name;  // systemd's
  const char* member;     // ours
  enum class Type { kText, kNumber, kTime } type;
};

constexpr Property kProperties[] = {
    {"Id", "unit", Property::Type::kText},
    {"Description", "description", Property::Type::kText},
    {"LoadState", "load", Property::Type::kText},
    {"ActiveState", "active", Property::Type::kText},
    {"SubState", "sub", Property::Type::kText},
    {"UnitFileState", "enabled", Property::Type::kText},
    {"Result", "result", Property::Type::kText},
    {"MainPID", "main_pid", Property::Type::kNumber},
    {"NRestarts", "restarts", Property::Type::kNumber},
    {"ExecMainCode", "exit_code", Property::Type::kNumber},
    {"ExecMainStatus", "exit_status", Property::Type::kNumber},
    {"ActiveEnterTimestamp", "active_since", Property::Type::kTime},
    {"InactiveEnterTimestamp", "inactive_since", Property::Type::kTime},
    {"FragmentPath", "path", Property::Type::kText},
};

// "Sun 2026-11-22 10:02:03 UTC" as "2026-11-22T10:02:03Z"; anything else as it is.
std::string TimeOf(std::string_view text) {
  constexpr std::string_view kZone = " UTC";
  if (!text.ends_with(kZone)) return std::string(text);
  const size_t day = text.find(' ');
  std::string time(text.substr(day + 1, text.size() - kZone.size() - day - 1));
  std::replace(time.begin(), time.end(), ' ', 'T');
  time += 'Z';
  return base::ParseUtc(time) ? time : std::string(text);
}

Json ValueOf(const Property& property, std::string_view text) {
  if (property.type == Property::Type::kTime) return TimeOf(text);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return property.type == Property::Type::kNumber && whole ? Json(number) : Json(text);
}

// Paragraphs of "Property=value", each a unit.
void ParseShown(std::string_view text, Services& services) {
  std::map<std::string_view, std::string_view> values;
  const auto finish = [&] {
    const auto id = values.find("Id");
    if (id != values.end() && !id->second.empty()) {
      Json record;
      record.Set("manager", "systemd");
      for (const Property& property : kProperties) {
        const auto value = values.find(property.name);
        if (value == values.end() || value->second.empty()) continue;
        record.Set(property.member, ValueOf(property, value->second));
      }
      services.insert_or_assign(std::string(id->second), std::move(record));
    }
    values.clear();
  };
  for (const std::string_view line : os::Lines(text)) {
    const size_t equals = line.find('=');
    if (line.empty()) finish();
    if (equals != std::string_view::npos) values[line.substr(0, equals)] = line.substr(equals + 1);
  }
  finish();
}

// "UNIT STATE [PRESET]" lines: services that systemd has not loaded are only here.
void ParseUnitFiles(std::string_view text, Services& services) {
  for (const std::string_view line : os::Lines(text)) {
    const std::string_view unit = line.substr(0, line.find(' '));
    std::string_view rest = os::Trim(line.substr(unit.size()));
    rest = rest.substr(0, rest.find(' '));
    if (!unit.ends_with(kSuffix) || rest.empty() || services.contains(std::string(unit))) continue;
    Json record;
    record.Set("manager", "systemd");
    record.Set("unit", unit);
    record.Set("load", "not-loaded");
    record.Set("enabled", rest);
    services.emplace(unit, std::move(record));
  }
}

// What it printed. Fails when it did not come to a good end; that is noted, unless it was
// out of time.
base::Result<std::string> Ask(const Context& context, std::vector<std::string> argv,
                              bundle::Entry& entry) {
  const std::string program = argv[0];
  os::Command command;
  command.argv = std::move(argv);
  command.environment = {"TZ=UTC"};
  std::string text;
  auto exit = context.host.Run(
      command, context.deadline, [&](os::OutputStream stream, std::string_view bytes) {
        entry.CountRead(bytes.size());
        if (stream == os::OutputStream::kStdout) text += bytes;
        return text.size() < kMaxOutput ? os::Wants::kMore : os::Wants::kNoMore;
      });
  if (!exit) {
    entry.Note(program, exit.error());
    return exit.error();
  }
  using How = os::Exit::How;
  if (exit->how == How::kExited && exit->code == 0) return text;
  if (exit->how == How::kTimedOut || exit->how == How::kAbandoned) {
    return OutOfTime(context.deadline);
  }
  const Status failed(Code::kFailed,
                      {"kinds.services.systemctl", {{"code", std::to_string(exit->code)}}});
  entry.Note(program, failed);
  return failed;
}

std::vector<std::string> ShowCommand(const std::string& program,
                                     const std::vector<std::string>& patterns) {
  std::string names;
  for (const Property& property : kProperties) {
    if (!names.empty()) names += ',';
    names += property.name;
  }
  std::vector<std::string> argv = {program, "show", "--all", "--no-pager", "--property=" + names,
                                   "--"};
  argv.insert(argv.end(), patterns.begin(), patterns.end());
  return argv;
}

std::vector<std::string> UnitFilesCommand(const std::string& program,
                                          const std::vector<std::string>& patterns) {
  std::vector<std::string> argv = {program,       "list-unit-files", "--full", "--no-pager",
                                   "--no-legend", "--type=service",  "--"};
  argv.insert(argv.end(), patterns.begin(), patterns.end());
  return argv;
}

Status AskSystemd(const Context& context, bundle::Entry& entry, Services& services) {
  auto program = context.host.FindProgram("systemctl");
  if (!program) {
    entry.Note("systemctl", program.error());
    return program.error();
  }
  const std::vector<std::string> patterns = Patterns(context);
  ASSIGN_OR_RETURN(const std::string shown, Ask(context, ShowCommand(*program, patterns), entry));
  ParseShown(shown, services);
  ASSIGN_OR_RETURN(const std::string files,
                   Ask(context, UnitFilesCommand(*program, patterns), entry));
  ParseUnitFiles(files, services);
  return {};
}

// sd_booted(3).
bool RunsSystemd(const os::Host& host) {
  return host.Identity().is_running && host.Stat("/run/systemd/system", os::Links::kNever);
}

// --- files

class Files {
 public:
  Files(const Context& context, bundle::Entry& entry, Services& services)
      : context_(context), entry_(entry), services_(services), patterns_(Patterns(context)) {}

  // Unit files, the administrator's first, and what enables them.
  void Units() {
    const auto enabled = EnabledBy();
    for (const char* folder :
         {"/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"}) {
      for (const std::string& name : Names(folder)) {
        if (!name.ends_with(kSuffix) || services_.contains(name)) continue;
        if (!IsWanted(patterns_, name)) continue;
        services_.emplace(name,
                          UnitRecord(std::string(folder).append("/").append(name), name, enabled));
      }
    }
  }

  void InitScripts() {
    const auto levels = RunLevels();
    for (const std::string& name : Names("/etc/init.d")) {
      const std::string unit = name + std::string(kSuffix);
      if (!IsWanted(patterns_, unit) || services_.contains(unit)) continue;
      auto info = context_.host.Stat("/etc/init.d/" + name, os::Links::kTrusted);
      constexpr uint32_t kExecutable = 0111;
      if (!info || info->type != os::FileType::kRegular || (info->mode & kExecutable) == 0) {
        continue;
      }
      Json record;
      record.Set("manager", "sysv");
      record.Set("unit", name);
      record.Set("path", "/etc/init.d/" + name);
      const auto found = levels.find(name);
      record.Set("runlevels", found == levels.end() ? Json(Json::Array()) : found->second);
      services_.emplace(unit, std::move(record));
    }
  }

 private:
  using Lists = std::map<std::string, Json, std::less<>>;

  std::vector<std::string> Names(const std::string& folder) {
    if (context_.deadline.Expired()) return {};
    auto names = os::ListSorted(context_.host, folder, kMaxNames);
    if (names) return std::move(*names);
    if (names.error().code() != Code::kMissing) entry_.Note(folder, names.error());
    return {};
  }

  // unit -> the targets that want it
  Lists EnabledBy() {
    Lists enabled;
    const char* folder = "/etc/systemd/system";
    for (const std::string& name : Names(folder)) {
      if (!name.ends_with(".wants") && !name.ends_with(".requires")) continue;
      for (const std::string& unit : Names(std::string(folder).append("/").append(name))) {
        enabled[unit].Push(name.substr(0, name.rfind('.')));
      }
    }
    return enabled;
  }

  Json UnitRecord(const std::string& path, const std::string& name, const Lists& enabled) {
    Json record;
    record.Set("manager", "systemd");
    record.Set("unit", name);
    record.Set("path", path);
    auto target = context_.host.ReadLink(path);
    if (target && *target == "/dev/null") {
      record.Set("enabled", "masked");
    } else if (target) {
      record.Set("link", *target);
    }
    const auto by = enabled.find(name);
    if (by != enabled.end()) record.Set("wanted_by", by->second);
    return record;
  }

  // script -> the runlevels that start it, from links such as rc3.d/S20name.
  Lists RunLevels() {
    Lists levels;
    for (const char* level : {"S", "0", "1", "2", "3", "4", "5", "6"}) {
      const std::string folder = std::string("/etc/rc") + level + ".d";
      for (const std::string& link : Names(folder)) {
        const bool starts = link.size() > 3 && link[0] == 'S' && link[1] >= '0' && link[1] <= '9' &&
                            link[2] >= '0' && link[2] <= '9';
        if (starts) levels[link.substr(3)].Push(level);
      }
    }
    return levels;
  }

  const Context& context_;
  bundle::Entry& entry_;
  Services& services_;
  std::vector<std::string> patterns_;
};

// --- the kind

Status Write(const Context& context, const Services& services, bundle::Entry& entry) {
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"services.ndjson", {}, context.host.Now()}));
  for (const auto& [name, record] : services) {
    const Status written = member.Record(record);
    if (written.code() == Code::kFull) break;  // the member is marked as cut
    RETURN_IF_ERROR(written);
  }
  return member.Close();
}

Status Run(const Context& context, bundle::Entry& entry) {
  Services services;
  Status asked;
  if (RunsSystemd(context.host)) asked = AskSystemd(context, entry, services);
  if (services.empty() && !context.deadline.Expired()) {
    Files files(context, entry, services);
    // On a running machine without systemd its unit files start nothing.
    if (!context.host.Identity().is_running || !asked.ok()) files.Units();
    files.InitScripts();
  }
  if (!services.empty()) RETURN_IF_ERROR(Write(context, services, entry));
  if (context.deadline.Expired()) return OutOfTime(context.deadline);
  if (!services.empty()) return {};
  return asked.ok() ? Status(Code::kMissing, {"kinds.services.none", {}}) : asked;
}

std::string OneLine(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& argument : argv) {
    if (!line.empty()) line += ' ';
    line += argument.find('*') == std::string::npos ? argument : "'" + argument + "'";
  }
  return line;
}

Status Foresee(const Context& context, Preview& preview) {
  constexpr uint64_t kUsualSize = 128U << 10U;
  const os::Host& host = context.host;
  if (RunsSystemd(host)) {
    auto program = host.FindProgram("systemctl");
    if (program) {
      const std::vector<std::string> patterns = Patterns(context);
      for (const auto& argv :
           {ShowCommand(*program, patterns), UnitFilesCommand(*program, patterns)}) {
        preview.steps.push_back({Preview::Act::kRun, OneLine(argv), std::nullopt});
      }
    }
  }
  if (preview.steps.empty()) {
    for (const char* folder :
         {"/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system", "/etc/init.d"}) {
      const bool of_systemd = std::string_view(folder).find("systemd") != std::string_view::npos;
      if (of_systemd && host.Identity().is_running) continue;
      if (!host.Stat(folder, os::Links::kTrusted)) continue;
      preview.steps.push_back({Preview::Act::kList, folder, std::nullopt});
    }
  }
  if (preview.steps.empty()) return {Code::kMissing, {"kinds.services.none", {}}};
  preview.bytes = std::min(kUsualSize, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kServicesKind = {
    "services",
    kFields,
    {.timeout = std::chrono::seconds(30), .max_bytes = 4U << 20U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
