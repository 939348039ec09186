// processes: the process table out of /proc, as JSON records by pid, and the busiest of
// them as a table for people. CPU is what a process used between two looks at it.
// Environments are never read. Processes that come and go while we look are normal. Those
// of named sets (processes_sets.h) are told again, each with its set.
//
// Wherever there is a live /proc: on this machine, and below another root into which
// somebody mounted one (a container that looks at its host).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/kinds/kind.h"
#include "collector/kinds/processes_sets.h"
#include "collector/kinds/processes_stat.h"
#include "collector/os/read.h"

namespace casepack::kinds {

extern const Kind kProcessesKind;

namespace {

using base::Code;
using base::Json;
using base::Status;
using manifest::FieldType;
using manifest::Presence;
using processes::Number;
using processes::ParseStat;
using processes::Stat;

constexpr manifest::Field kFields[] = {
    {"sample", FieldType::kDuration, Presence::kOptional, "1s"},
    {"sets", FieldType::kTextList, Presence::kOptional},
    {"unverified_sets", FieldType::kTextList, Presence::kOptional},
    {"keep", FieldType::kChoice, Presence::kOptional, "all", "all|sets"},
};

constexpr size_t kMaxProcesses = 100'000;
constexpr int64_t kMaxDescriptors = 10'000;
constexpr size_t kMaxCommandLine = 4096;
constexpr size_t kTableRows = 30;
constexpr size_t kTableCommand = 160;
constexpr uint64_t kTableRoom = 64U << 10U;  // kept free for the table
// /proc counts in these (USER_HZ), whatever the kernel's own tick is.
constexpr int64_t kTicksPerSecond = 100;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

std::string PathOf(int64_t pid, std::string_view name) {
  return fmt::format("/proc/{}/{}", pid, name);
}

std::optional<Stat> ReadStat(const os::Host& host, int64_t pid) {
  auto text = os::ReadFile(host, PathOf(pid, "stat"), 4096);
  if (!text) return std::nullopt;
  return ParseStat(*text);
}

// The beginning of a text, cut between words: a cut within one could leave half of a
// secret that no rule knows any more.
std::string_view Beginning(std::string_view text, size_t size) {
  if (text.size() <= size) return text;
  const size_t blank = text.find_last_of(' ', size);
  return text.substr(0, blank == std::string_view::npos ? 0 : blank);
}

struct Process {
  int64_t pid = 0;
  Stat stat;
  std::optional<int64_t> user;
  std::optional<int64_t> resident;  // bytes
  std::optional<double> percent;    // of one processor
  std::optional<std::string> command_line;
  std::string executable;
  std::string group;
  std::optional<int64_t> descriptors;
};

// --- reading a process

// The first sight of a process.
struct Seen {
  int64_t pid = 0;
  int64_t started = 0;
  int64_t ticks = 0;
  base::Instant at;
  char state = '?';
};

class ProcessReader {
 public:
  ProcessReader(const os::Host& host, bundle::Entry& entry) : host_(host), entry_(entry) {}

  // nullopt: it is gone, or its number is another process's by now.
  std::optional<Process> Read(const Seen& seen) {
    auto stat = ReadStat(host_, seen.pid);
    const base::Instant now = std::chrono::steady_clock::now();
    if (!stat || stat->started != seen.started) return std::nullopt;
    Process process;
    process.pid = seen.pid;
    const double seconds = std::chrono::duration<double>(now - seen.at).count();
    if (seconds > 0.0) {
      const auto ticks = static_cast<double>(std::max<int64_t>(0, stat->ticks - seen.ticks));
      process.percent = 100.0 * ticks / static_cast<double>(kTicksPerSecond) / seconds;
    }
    process.stat = std::move(*stat);
    ReadStatus(process);
    // Its command line is in its memory, and who asks for that of a process that hangs
    // in the kernel may hang as well.
    const bool hangs = seen.state == 'D' && process.stat.state == 'D';
    if (!hangs) process.command_line = CommandLine(seen.pid);
    auto executable = host_.ReadLink(PathOf(seen.pid, "exe"));
    if (executable) process.executable = std::move(*executable);
    process.group = Group(seen.pid);
    process.descriptors = Descriptors(seen.pid);
    return process;
  }

  [[nodiscard]] uint64_t bytes() const { return bytes_; }
  [[nodiscard]] uint64_t denied() const { return denied_; }

 private:
  std::optional<std::string> Text(int64_t pid, std::string_view name, size_t size) {
    auto text = os::ReadFile(host_, PathOf(pid, name), size);
    if (!text) return std::nullopt;
    bytes_ += text->size();
    return std::move(*text);
  }

  void ReadStatus(Process& process) {
    const auto text = Text(process.pid, "status", 16U << 10U);
    if (!text) return;
    for (const std::string_view line : os::Lines(*text)) {
      if (line.starts_with("Uid:")) process.user = Number(line.substr(4));
      if (!line.starts_with("VmRSS:")) continue;
      if (const auto kilobytes = Number(line.substr(6))) process.resident = *kilobytes * 1024;
    }
  }

  std::optional<std::string> CommandLine(int64_t pid) {
    auto text = Text(pid, "cmdline", kMaxCommandLine + 1);
    if (!text) return std::nullopt;
    while (!text->empty() && text->back() == '\0')
      text->pop_back();
    // An argument that was cut in two might end in half a secret.
    if (text->size() > kMaxCommandLine) {
      const size_t border = text->rfind('\0');
      // One argument alone is mostly a title that the process gave itself.
      text->resize(border == std::string::npos ? Beginning(*text, kMaxCommandLine).size() : border);
    }
    std::vector<std::string> arguments;
    for (size_t from = 0; from < text->size();) {
      const size_t border = std::min(text->find('\0', from), text->size());
      arguments.push_back(text->substr(from, border - from));
      from = border + 1;
    }
    return entry_.Arguments(arguments);
  }

  // The unified hierarchy's, else that of systemd.
  std::string Group(int64_t pid) {
    const auto text = Text(pid, "cgroup", 16U << 10U);
    if (!text) return {};
    for (const std::string_view mark : {"0::", ":name=systemd:"}) {
      for (const std::string_view line : os::Lines(*text)) {
        const size_t at = line.find(mark);
        if (at == std::string_view::npos || (at != 0 && mark.front() == '0')) continue;
        const std::string_view group = line.substr(at + mark.size());
        if (group != "/") return std::string(group);
      }
    }
    return {};
  }

  std::optional<int64_t> Descriptors(int64_t pid) {
    int64_t count = 0;
    const Status listed = host_.List(PathOf(pid, "fd"), os::Links::kNever,
                                     [&](std::string_view) { return ++count < kMaxDescriptors; });
    if (listed.code() == Code::kDenied) ++denied_;
    if (!listed.ok()) return std::nullopt;
    return count;
  }

  const os::Host& host_;
  bundle::Entry& entry_;
  uint64_t bytes_ = 0;
  uint64_t denied_ = 0;
};

// --- the two looks at all of them

base::Result<std::vector<Seen>> LookFirst(const Context& context, bundle::Entry& entry) {
  std::vector<Seen> all;
  bool more = false;
  RETURN_IF_ERROR(context.host.List("/proc", os::Links::kTrusted, [&](std::string_view name) {
    if (name.find_first_not_of("0123456789") != std::string_view::npos) return true;
    const auto pid = Number(name);
    more = all.size() >= kMaxProcesses;
    if (pid && !more) all.push_back({*pid, 0, 0, {}, '?'});
    return !more;
  }));
  if (more) {
    entry.Note("/proc", {"kinds.processes.left_out", {{"count", std::to_string(kMaxProcesses)}}});
  }
  std::sort(all.begin(), all.end(), [](const Seen& a, const Seen& b) { return a.pid < b.pid; });
  for (Seen& seen : all) {
    if (context.deadline.Expired()) return OutOfTime(context.deadline);
    const auto stat = ReadStat(context.host, seen.pid);
    if (!stat) continue;
    seen.at = std::chrono::steady_clock::now();
    seen.started = stat->started;
    seen.ticks = stat->ticks;
    seen.state = stat->state;
  }
  all.erase(std::remove_if(all.begin(), all.end(),
                           [](const Seen& seen) { return seen.at == base::Instant(); }),
            all.end());
  return all;
}

// Leaves half of the time for the second look.
void Wait(const Context& context) {
  const base::Duration span =
      std::min(context.options.Duration("sample"), context.deadline.Remaining() / 2);
  const base::Deadline until = base::Deadline::After(span, context.deadline.stop);
  while (!until.Expired()) {
    std::this_thread::sleep_for(
        std::min<base::Duration>(until.Remaining(), std::chrono::milliseconds(50)));
  }
}

std::optional<base::Timestamp> BootTime(const os::Host& host) {
  auto text = os::ReadFile(host, "/proc/stat", 4U << 20U);
  if (!text) return std::nullopt;
  for (const std::string_view line : os::Lines(*text)) {
    if (!line.starts_with("btime ")) continue;
    if (const auto seconds = Number(line.substr(6))) {
      return base::Timestamp(std::chrono::seconds(*seconds));
    }
  }
  return std::nullopt;
}

// One decimal: the clock ticks do not tell more.
double Rounded(double percent) { return std::round(percent * 10.0) / 10.0; }

template <typename T>
Json OrNull(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

Json RecordOf(const Process& process, const std::optional<base::Timestamp>& boot) {
  const Stat& stat = process.stat;
  Json record;
  record.Set("pid", process.pid);
  record.Set("ppid", stat.parent);
  record.Set("name", stat.name);
  record.Set("state", std::string(1, stat.state));
  record.Set("uid", OrNull(process.user));
  record.Set("threads", stat.threads);
  if (boot) {
    const base::Duration after = std::chrono::milliseconds(stat.started * 1000 / kTicksPerSecond);
    record.Set("started", base::FormatUtc(*boot + after));
  }
  record.Set("cpu_percent", process.percent ? Json(Rounded(*process.percent)) : Json());
  record.Set("cpu_seconds", static_cast<double>(stat.ticks) / kTicksPerSecond);
  record.Set("rss", OrNull(process.resident));
  record.Set("vsize", stat.virtual_bytes);
  record.Set("fds", OrNull(process.descriptors));
  record.Set("cmdline", OrNull(process.command_line));
  if (!process.executable.empty()) record.Set("exe", process.executable);
  if (!process.group.empty()) record.Set("cgroup", process.group);
  return record;
}

struct Busier {
  bool operator()(const Process& a, const Process& b) const {
    const double left = a.percent.value_or(0);
    const double right = b.percent.value_or(0);
    if (left != right) return left > right;
    if (a.resident != b.resident) return a.resident > b.resident;
    return a.pid < b.pid;
  }
};
using Busiest = std::set<Process, Busier>;

void KeepBusiest(Busiest& busiest, Process process) {
  busiest.insert(std::move(process));
  if (busiest.size() > kTableRows) busiest.erase(std::prev(busiest.end()));
}

Status WriteTable(const Context& context, const Busiest& busiest, bundle::Entry& entry) {
  ASSIGN_OR_RETURN(bundle::MemberWriter member,
                   entry.Open({"processes.txt", {}, context.host.Now()}));
  std::string text = fmt::format("{:>8} {:>8} {:>6} S {:>7} {:>10} {:>4} {:>6} {}\n", "PID", "PPID",
                                 "UID", "CPU%", "RSS", "THR", "FDS", "COMMAND");
  for (const Process& process : busiest) {
    const std::string command = process.command_line.value_or("").empty()
                                    ? "[" + process.stat.name + "]"
                                    : *process.command_line;
    text += fmt::format("{:>8} {:>8} {:>6} {} {:>7.1f} {:>10} {:>4} {:>6} {}\n", process.pid,
                        process.stat.parent, process.user ? std::to_string(*process.user) : "-",
                        process.stat.state, process.percent.value_or(0),
                        base::FormatSize(static_cast<uint64_t>(process.resident.value_or(0))),
                        process.stat.threads,
                        process.descriptors ? std::to_string(*process.descriptors) : "-",
                        base::Visible(Beginning(command, kTableCommand)));
  }
  RETURN_IF_ERROR(member.Write(text));
  return member.Close();
}

// Tells of the processes that belong to a set.
class SetWriter {
 public:
  SetWriter(const Context& context, bundle::Entry& entry)
      : context_(context), entry_(entry), sets_(processes::ParseSets(context.options)) {}

  Status Add(const Process& process, const Json& record) {
    for (processes::Set& set : sets_) {
      if (!processes::IsOf(set, {process.stat.name, process.executable})) continue;
      processes::Count(record, set.sums);
      Json match;
      match.Set("set", set.name);
      match.Set("verified", set.verified);
      for (const Json::Member& member : *record.object())
        match.Set(member.name, member.value);
      if (!member_) {
        ASSIGN_OR_RETURN(bundle::MemberWriter opened,
                         entry_.Open({"matches.ndjson", {}, context_.host.Now()}));
        member_.emplace(std::move(opened));
      }
      RETURN_IF_ERROR(member_->Record(match));
    }
    return {};
  }

  // `whole`: all processes were seen, so that none found means none there.
  Status Close(bool whole) {
    if (sets_.empty()) return {};
    if (member_) {
      if (!whole) member_->MarkCut(bundle::Cut::kTail);
      RETURN_IF_ERROR(member_->Close());
    }
    Json json;
    json.Set("complete", whole);
    json.Set("sets", processes::Describe(sets_));
    ASSIGN_OR_RETURN(bundle::MemberWriter member,
                     entry_.Open({"sets.json", {}, context_.host.Now()}));
    RETURN_IF_ERROR(member.Document(json));
    return member.Close();
  }

 private:
  const Context& context_;
  bundle::Entry& entry_;
  std::vector<processes::Set> sets_;
  std::optional<bundle::MemberWriter> member_;
};

// Writes one record a process; the table of all is left out where only sets are wanted.
class RecordWriter {
 public:
  RecordWriter(const Context& context, bundle::Entry& entry)
      : context_(context), entry_(entry), sets_(context, entry), boot_(BootTime(context.host)) {}

  Status Open() {
    if (context_.options.Text("keep") != "all") return {};
    ASSIGN_OR_RETURN(bundle::MemberWriter opened,
                     entry_.Open({"processes.ndjson", {}, context_.host.Now()}));
    all_.emplace(std::move(opened));
    return {};
  }

  Status Add(const Process& process) {
    const Json record = RecordOf(process, boot_);
    // First the few that were asked for: they are there even when the table is cut.
    RETURN_IF_ERROR(sets_.Add(process, record));
    cut_ = cut_ || entry_.Room() < kTableRoom;
    return cut_ || !all_ ? Status() : all_->Record(record);
  }

  Status Close(bool whole) {
    if (all_) {
      if (cut_ || !whole) all_->MarkCut(bundle::Cut::kTail);
      RETURN_IF_ERROR(all_->Close());
    }
    return sets_.Close(whole);
  }

 private:
  const Context& context_;
  bundle::Entry& entry_;
  SetWriter sets_;
  std::optional<bundle::MemberWriter> all_;
  std::optional<base::Timestamp> boot_;
  bool cut_ = false;
};

Status LookAgain(const Context& context, const std::vector<Seen>& all, bundle::Entry& entry,
                 Busiest& busiest) {
  RecordWriter records(context, entry);
  RETURN_IF_ERROR(records.Open());
  ProcessReader reader(context.host, entry);
  Status ended;
  for (const Seen& seen : all) {
    if (context.deadline.Expired()) {
      ended = OutOfTime(context.deadline);
      break;
    }
    auto process = reader.Read(seen);
    if (!process) continue;
    RETURN_IF_ERROR(records.Add(*process));
    KeepBusiest(busiest, std::move(*process));
  }
  entry.CountRead(reader.bytes());
  if (reader.denied() > 0) {
    entry.Note("/proc", {"kinds.processes.denied", {{"count", std::to_string(reader.denied())}}});
  }
  RETURN_IF_ERROR(records.Close(ended.ok()));
  return ended;
}

bool IsLive(const os::Host& host) {
  return host.Identity().is_running || host.Stat("/proc/stat", os::Links::kNever).has_value();
}

Status Run(const Context& context, bundle::Entry& entry) {
  if (!IsLive(context.host)) return {Code::kUnsupported, {"kinds.processes.not_running", {}}};
  ASSIGN_OR_RETURN(const std::vector<Seen> all, LookFirst(context, entry));
  Wait(context);
  Busiest busiest;
  const Status looked = LookAgain(context, all, entry, busiest);
  if (context.options.Text("keep") != "all") return looked;
  const Status written = WriteTable(context, busiest, entry);
  return looked.ok() ? written : looked;
}

Status Foresee(const Context& context, Preview& preview) {
  constexpr uint64_t kUsualRecord = 400;
  if (!IsLive(context.host)) return {Code::kUnsupported, {"kinds.processes.not_running", {}}};
  uint64_t count = 0;
  RETURN_IF_ERROR(context.host.List("/proc", os::Links::kTrusted, [&](std::string_view name) {
    if (name.find_first_not_of("0123456789") == std::string_view::npos) ++count;
    return count < kMaxProcesses;
  }));
  preview.steps.push_back({Preview::Act::kRead, "/proc/[0-9]*", count * kUsualRecord});
  preview.bytes = std::min(count * kUsualRecord, context.limits.max_bytes);
  return {};
}

}  // namespace

const Kind kProcessesKind = {
    "processes",
    kFields,
    {.timeout = std::chrono::seconds(30), .max_bytes = 8U << 20U, .max_files = 4},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
