// changes: what was done on this host, and when, as one list in the order of time: packages
// (dpkg, apt, rpm), boots, shutdowns and set clocks (wtmp), and files that the manifest
// names by area, by their time of change. For the question of what happened when it began.
// NDJSON, and a document with the sums.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/changes_boots.h"
#include "collector/kinds/changes_packages.h"
#include "collector/kinds/kind.h"
#include "collector/os/decompress.h"
#include "collector/os/glob.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kChangesKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using changes::Event;
using changes::LocalZone;
using changes::Timeline;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"files", FieldType::kTextList, Presence::kOptional},
    {"days", FieldType::kInteger, Presence::kOptional, "90"},
    {"max_changes", FieldType::kInteger, Presence::kOptional, "20000"},
};

constexpr const char* kDpkgLogs = "/var/log/dpkg.log*";
constexpr const char* kAptLogs = "/var/log/apt/history.log*";
constexpr const char* kLoginLogs = "/var/log/wtmp*";
constexpr size_t kMaxLogs = 50;
constexpr size_t kMaxLine = 16U << 10U;
constexpr size_t kMaxFiles = 20'000;
constexpr int64_t kMostDays = 36'500;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

base::Timestamp From(const Context& context) {
  const int64_t days = std::clamp<int64_t>(context.options.Integer("days"), 0, kMostDays);
  return context.host.Now() - std::chrono::hours(24 * days);
}

LocalZone ZoneOf(const os::Host& host) {
  const auto file = os::ReadFile(host, "/etc/localtime", 256U << 10U);
  auto zone = file ? records::Zone::FromTzif(*file) : std::nullopt;
  if (!zone) return {};
  return {std::move(*zone), true};
}

// --- reading logs

using EachBytes = std::function<void(std::string_view)>;

// The bytes of a file, with its compression taken off.
Status ReadLog(const Context& context, const std::string& path, bundle::Entry& entry,
               const EachBytes& each) {
  ASSIGN_OR_RETURN(os::File file, context.host.Open(path, os::Links::kTrusted));
  std::vector<char> buffer(64U << 10U);
  bool first = true;
  while (true) {
    if (context.deadline.Expired()) return OutOfTime(context.deadline);
    ASSIGN_OR_RETURN(const size_t got, file.Read(buffer));
    if (got == 0) return {};
    const std::string_view bytes(buffer.data(), got);
    if (std::exchange(first, false) && !os::CompressionOf(bytes).empty()) {
      RETURN_IF_ERROR(file.Seek(0));
      return os::Decompress(file, [&](std::string_view plain) {
        entry.CountRead(plain.size());
        each(plain);
        return !context.deadline.Expired();
      });
    }
    entry.CountRead(got);
    each(bytes);
  }
}

// Cuts what comes in pieces into lines; of one that is too long only its beginning.
class Lines {
 public:
  explicit Lines(EachBytes each) : each_(std::move(each)) {}
  void Feed(std::string_view bytes) {
    while (!bytes.empty()) {
      const size_t end = std::min(bytes.find('\n'), bytes.size());
      line_ += bytes.substr(0, std::min(end, kMaxLine - line_.size()));
      if (end == bytes.size()) return;
      Finish();
      bytes.remove_prefix(end + 1);
    }
  }
  void Finish() {
    each_(line_);
    line_.clear();
  }

 private:
  EachBytes each_;
  std::string line_;
};

// The files of a log that may hold what is new enough, in the order of their age.
std::vector<std::string> LogsSince(const Context& context, const char* pattern,
                                   base::Timestamp from) {
  std::vector<std::pair<base::Timestamp, std::string>> found;
  static_cast<void>(
      os::Glob(context.host, pattern, {.deadline = context.deadline}, [&](const os::Found& one) {
        const bool fits = one.status.ok() && one.info.type == os::FileType::kRegular;
        if (fits && one.info.modified >= from) found.emplace_back(one.info.modified, one.path);
        return found.size() < kMaxLogs;
      }));
  std::sort(found.begin(), found.end());
  std::vector<std::string> paths;
  paths.reserve(found.size());
  for (auto& [modified, path] : found)
    paths.push_back(std::move(path));
  return paths;
}

// --- the run

class Gathering {
 public:
  Gathering(const Context& context, bundle::Entry& entry)
      : context_(context),
        entry_(entry),
        from_(From(context)),
        zone_(ZoneOf(context.host)),
        timeline_(from_, static_cast<size_t>(std::clamp<int64_t>(
                             context.options.Integer("max_changes"), 1, 200'000))) {}

  // kTimedOut and kCancelled: what came by then is kept.
  Status Gather() {
    RETURN_IF_ERROR(ReadLines(
        kDpkgLogs, [&](std::string_view line) { changes::ReadDpkgLine(line, zone_, timeline_); }));
    changes::AptHistory apt;
    RETURN_IF_ERROR(
        ReadLines(kAptLogs, [&](std::string_view line) { apt.Line(line, zone_, timeline_); }));
    RETURN_IF_ERROR(ReadLogins());
    RETURN_IF_ERROR(AskRpm());
    return LookAtFiles();
  }

  Status Write() {
    const std::vector<Event> events = timeline_.Take();
    if (timeline_.left_out() > 0) {
      entry_.Note("changes.ndjson",
                  {"kinds.changes.left_out", {{"count", std::to_string(timeline_.left_out())}}});
    }
    RETURN_IF_ERROR(WriteSums(events));
    ASSIGN_OR_RETURN(bundle::MemberWriter member,
                     entry_.Open({"changes.ndjson", {}, context_.host.Now()}));
    for (const Event& event : events) {
      const Status written = member.Record(changes::Describe(event));
      if (written.code() == Code::kFull) break;  // the member is marked as cut
      RETURN_IF_ERROR(written);
    }
    return member.Close();
  }

 private:
  Status ReadLines(const char* pattern, const EachBytes& each) {
    if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
    for (const std::string& path : LogsSince(context_, pattern, from_)) {
      Lines lines(each);
      const Status read =
          ReadLog(context_, path, entry_, [&](std::string_view bytes) { lines.Feed(bytes); });
      lines.Finish();
      RETURN_IF_ERROR(Judge(path, read));
    }
    return {};
  }

  // A log that cannot be read is noted; only the time ends it all.
  Status Judge(const std::string& path, const Status& read) {
    if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
    if (!read.ok() && read.code() != Code::kMissing) entry_.Note(path, read);
    return {};
  }

  Status ReadLogins() {
    for (const std::string& path : LogsSince(context_, kLoginLogs, from_)) {
      std::string rest;
      const Status read = ReadLog(context_, path, entry_, [&](std::string_view bytes) {
        rest += bytes;
        size_t at = 0;
        for (; rest.size() - at >= changes::kLoginRecord; at += changes::kLoginRecord)
          logins_.Record(std::string_view(rest).substr(at, changes::kLoginRecord), timeline_);
        rest.erase(0, at);
      });
      RETURN_IF_ERROR(Judge(path, read));
    }
    return RunningBoot();
  }

  // The kernel's own word for when it began, where no record of it was written.
  Status RunningBoot() {
    const auto text = os::ReadFile(context_.host, "/proc/stat", 4U << 20U);
    if (!text) return {};
    for (const std::string_view line : os::Lines(*text)) {
      int64_t seconds = 0;
      constexpr std::string_view kName = "btime ";
      if (!line.starts_with(kName)) continue;
      const std::string_view value = os::Trim(line.substr(kName.size()));
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
      if (error != std::errc() || seconds <= 0 || seconds >= (int64_t{1} << 33U)) continue;
      booted_ = base::Timestamp(std::chrono::seconds(seconds));
    }
    constexpr std::chrono::minutes kSame(10);  // a record of it is written a little later
    const auto last = logins_.last_boot();
    const bool known = booted_ && last && *last > *booted_ - kSame && *last < *booted_ + kSame;
    if (booted_ && !known) {
      timeline_.Add(
          {*booted_, false, "boot", "kernel", "boot", context_.host.Identity().kernel, {}});
    }
    return {};
  }

  Status AskRpm() {
    const auto program = context_.host.FindProgram("rpm");
    if (!program) return {};
    Lines lines([&](std::string_view line) { changes::ReadRpmLine(line, timeline_); });
    const os::Command command{{*program, "-qa", "--qf", changes::kRpmFormat}, {}};
    const auto exit = context_.host.Run(command, context_.deadline,
                                        [&](os::OutputStream stream, std::string_view bytes) {
                                          entry_.CountRead(bytes.size());
                                          if (stream == os::OutputStream::kStdout)
                                            lines.Feed(bytes);
                                          return os::Wants::kMore;
                                        });
    if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
    if (!exit) {
      entry_.Note("rpm", exit.error());
    } else if (exit->how != os::Exit::How::kExited || exit->code != 0) {
      entry_.Note("rpm", {"kinds.changes.rpm", {{"code", std::to_string(exit->code)}}});
    }
    return {};
  }

  // "network: /etc/netplan/*.yaml"
  Status LookAtFiles() {
    if (!context_.options.Has("files")) return {};
    size_t files = 0;
    for (const std::string& text : context_.options.TextList("files")) {
      const size_t colon = std::min(text.find(':'), text.size());
      const std::string area(os::Trim(std::string_view(text).substr(0, colon)));
      const std::string_view pattern =
          os::Trim(std::string_view(text).substr(std::min(colon + 1, text.size())));
      const auto each = [&](const os::Found& found) {
        if (++files > kMaxFiles) return false;
        if (!found.status.ok()) return true;
        timeline_.Add({found.info.modified, false, area, "file", "modified", found.path, {}});
        return true;
      };
      static_cast<void>(os::Glob(context_.host, pattern, {.deadline = context_.deadline}, each));
      if (context_.deadline.Expired()) return OutOfTime(context_.deadline);
    }
    if (files > kMaxFiles) {
      entry_.Note("files", {"kinds.changes.files", {{"count", std::to_string(kMaxFiles)}}});
    }
    return {};
  }

  Status WriteSums(const std::vector<Event>& events) {
    std::map<std::string, std::pair<uint64_t, base::Timestamp>> areas;
    for (const Event& event : events) {
      auto& [count, newest] = areas[event.area];
      ++count;
      newest = std::max(newest, event.time);
    }
    Json by_area{Json::Object()};
    for (const auto& [area, sum] : areas) {
      Json one;
      one.Set("count", sum.first);
      one.Set("newest", base::FormatUtc(sum.second));
      by_area.Set(area, std::move(one));
    }
    Json json;
    json.Set("from", base::FormatUtc(from_));
    json.Set("count", uint64_t{events.size()});
    json.Set("left_out", timeline_.left_out());
    json.Set("zone_known", zone_.known);
    json.Set("booted", booted_ ? Json(base::FormatUtc(*booted_)) : Json());
    json.Set("areas", std::move(by_area));
    ASSIGN_OR_RETURN(bundle::MemberWriter member,
                     entry_.Open({"sums.json", {}, context_.host.Now()}));
    RETURN_IF_ERROR(member.Document(json));
    return member.Close();
  }

  const Context& context_;
  bundle::Entry& entry_;
  base::Timestamp from_;
  LocalZone zone_;
  Timeline timeline_;
  changes::Logins logins_;
  std::optional<base::Timestamp> booted_;
};

Status Run(const Context& context, bundle::Entry& entry) {
  Gathering gathering(context, entry);
  const Status gathered = gathering.Gather();
  RETURN_IF_ERROR(gathering.Write());
  return gathered;
}

Status Foresee(const Context& context, Preview& preview) {
  for (const char* pattern : {kDpkgLogs, kAptLogs, kLoginLogs}) {
    for (const std::string& path : LogsSince(context, pattern, From(context))) {
      const auto info = context.host.Stat(path, os::Links::kNever);
      preview.steps.push_back(
          {Preview::Act::kRead, path, info ? std::optional(info->size) : std::nullopt});
    }
  }
  if (const auto program = context.host.FindProgram("rpm")) {
    preview.steps.push_back(
        {Preview::Act::kRun, *program + " -qa --qf '" + changes::kRpmFormat + "'", std::nullopt});
  }
  if (context.options.Has("files")) {
    for (const std::string& text : context.options.TextList("files"))
      preview.steps.push_back({Preview::Act::kList, text, std::nullopt});
  }
  preview.bytes = std::min<uint64_t>(256U << 10U, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kChangesKind = {
    "changes",
    kFields,
    {.timeout = std::chrono::seconds(60), .max_bytes = 8U << 20U, .max_files = 2},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
