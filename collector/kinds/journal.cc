// journal: what systemd's journal holds of the window, the newest under the cap, by journalctl: the
// current boot and those before. Of another root its own journal, read by this machine's
// journalctl. Never --verify (it reads all) and never -g (a pattern engine per line).
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/files.h"
#include "collector/kinds/kind.h"
#include "collector/os/host.h"
#include "collector/records/line_start.h"
#include "collector/records/time_format.h"

namespace casepack::kinds {

extern const Kind kJournalKind;

namespace {

using base::Code;
using base::Status;
using base::Timestamp;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"units", FieldType::kTextList},
    {"kernel", FieldType::kFlag, Presence::kOptional, "false"},
    {"priority", FieldType::kText},
};

constexpr std::string_view kStored = "/var/log/journal";
constexpr std::string_view kVolatile = "/run/log/journal";
constexpr int kMostNames = 20'000;
constexpr size_t kTail = 4096;
constexpr uint64_t kMostKept = 16U << 20U;  // in memory until it is turned round
// journalctl knows no more than 64 bits of microseconds, and some of its versions less.
constexpr Timestamp kFirst = Timestamp(std::chrono::hours(24 * 365));
constexpr Timestamp kLast = Timestamp(std::chrono::hours(24 * 365 * 130));

std::string Epoch(Timestamp time) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(std::clamp(time, kFirst, kLast));
  return "@" + std::to_string(whole.time_since_epoch().count());
}

Status NoJournal() { return {Code::kMissing, {"kinds.journal.missing", {}}}; }

// Nothing in the folder may lead out of the tree: journalctl follows links.
Status HoldsNoLinks(const os::Host& host, const std::string& folder, int* names) {
  const auto info = host.Stat(folder, os::Links::kNever);
  if (!info) return info.error().code() == Code::kMissing ? NoJournal() : info.error();
  if (info->type == os::FileType::kSymlink) {
    return {Code::kRefused, {"kinds.journal.link", {{"path", folder}}}};
  }
  if (info->type != os::FileType::kDirectory) return {};
  std::vector<std::string> below;
  RETURN_IF_ERROR(host.List(folder, os::Links::kNever, [&](std::string_view name) {
    below.push_back(folder + "/" + std::string(name));
    return --*names > 0;
  }));
  if (*names <= 0) return {Code::kRefused, {"kinds.journal.names", {}}};
  for (const std::string& name : below) {
    const auto one = host.Stat(name, os::Links::kNever);
    const bool safe =
        one && (one->type == os::FileType::kRegular || one->type == os::FileType::kDirectory);
    if (!safe) return {Code::kRefused, {"kinds.journal.link", {{"path", name}}}};
  }
  return {};
}

// /var/log/journal and the machines' folders in it.
Status CheckTree(const os::Host& host) {
  int names = kMostNames;
  for (const char* above : {"/var", "/var/log"}) {
    const auto info = host.Stat(above, os::Links::kNever);
    if (!info) return NoJournal();
    if (info->type != os::FileType::kDirectory) {
      return {Code::kRefused, {"kinds.journal.link", {{"path", above}}}};
    }
  }
  const std::string stored(kStored);
  RETURN_IF_ERROR(HoldsNoLinks(host, stored, &names));
  std::vector<std::string> machines;
  RETURN_IF_ERROR(host.List(stored, os::Links::kNever, [&](std::string_view name) {
    machines.push_back(stored + "/" + std::string(name));
    return true;
  }));
  for (const std::string& machine : machines)
    RETURN_IF_ERROR(HoldsNoLinks(host, machine, &names));
  return {};
}

std::vector<std::string> Arguments(const Context& context, const std::string& program,
                                   std::string_view format) {
  std::vector<std::string> argv{program, "--no-pager", "--quiet",          "--reverse",
                                "--utc", "--output",   std::string(format)};
  const os::HostIdentity identity = context.host.Identity();
  if (!identity.is_running) argv.push_back("--directory=" + identity.root + std::string(kStored));
  const records::Span& span = context.window.span;
  if (span != records::Span()) {
    argv.push_back("--since=" + Epoch(span.from));
    argv.push_back("--until=" + Epoch(span.to));
  }
  if (context.options.Has("priority")) {
    argv.push_back("--priority=" + context.options.Text("priority"));
  }
  if (context.options.Has("units")) {
    for (const std::string& unit : context.options.TextList("units"))
      argv.push_back("--unit=" + unit);
  }
  // Not --dmesg, which means the current boot only.
  if (context.options.Flag("kernel")) argv.emplace_back("_TRANSPORT=kernel");
  return argv;
}

std::optional<Timestamp> TimeOf(std::string_view line) {
  const auto dated = records::DateOfLine(line);
  if (!dated || !dated->stamp.offset) return std::nullopt;
  return dated->stamp.clock - *dated->stamp.offset;
}

// What comes of one run. journalctl is asked for the newest first, so that the cap keeps
// those; they are turned round before they are told: a key that was logged line by line is
// one only from its BEGIN to its END, and a clock goes forward.
class Output {
 public:
  Output(const Context& context, bundle::Entry& entry)
      : context_(context), entry_(entry), cap_(std::min(context.limits.max_bytes, kMostKept)) {}

  os::Wants Take(os::OutputStream stream, std::string_view bytes) {
    if (stream == os::OutputStream::kStderr) {
      if (said_.size() < kTail) said_ += bytes.substr(0, kTail - said_.size());
      return os::Wants::kMore;
    }
    entry_.CountRead(bytes.size());
    text_ += bytes.substr(0, static_cast<size_t>(cap_ - text_.size()));
    full_ = full_ || text_.size() == cap_;
    return full_ ? os::Wants::kNoMore : os::Wants::kMore;
  }

  Status Close(const os::Exit& exit) {
    if (text_.empty()) return {};
    const bool cut = full_ || exit.how != os::Exit::How::kExited;
    // What is cut off is the end of the oldest record.
    if (cut) text_.resize(text_.rfind('\n') + 1);
    const std::vector<std::string_view> oldest_first = OldestFirst();
    ASSIGN_OR_RETURN(bundle::MemberWriter member, entry_.Open({"journal.txt", "journalctl", {}}));
    if (cut) member.MarkCut(bundle::Cut::kHead);
    Status status = Write(oldest_first, member);
    bundle::LogRow row;
    row.path = context_.host.Identity().is_running ? "journal" : std::string(kStored);
    row.state = "taken";
    row.format = "iso8601";
    if (!oldest_first.empty()) {
      row.first = TimeOf(oldest_first.front());
      row.last = TimeOf(oldest_first.back());
    }
    row.bytes = text_.size();
    entry_.Log(std::move(row));
    const Status closed = member.Close();
    return status.ok() ? closed : status;
  }

  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string_view said() const { return said_; }

 private:
  // A line without a time belongs to the record above it.
  [[nodiscard]] std::vector<std::string_view> OldestFirst() const {
    std::vector<std::string_view> parts;
    const std::string_view text = text_;
    size_t begin = 0;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      if (at > begin && TimeOf(text.substr(at, end - at))) {
        parts.push_back(text.substr(begin, at - begin));
        begin = at;
      }
      at = end;
    }
    if (begin < text.size()) parts.push_back(text.substr(begin));
    std::reverse(parts.begin(), parts.end());
    return parts;
  }

  Status Write(const std::vector<std::string_view>& lines, bundle::MemberWriter& member) {
    uint64_t hidden = 0;
    for (const std::string_view& record : lines) {
      // The window may begin in the middle of a key.
      const bool edge = hidden == static_cast<uint64_t>(&record - lines.data());
      if (edge && records::HasKeyLine(record.substr(0, record.find('\n')))) {
        ++hidden;
        continue;
      }
      RETURN_IF_ERROR(member.Write(record));
    }
    if (hidden > 0) {
      entry_.Note("journalctl", {"kinds.log_window.hidden", {{"count", std::to_string(hidden)}}});
      member.MarkCut(bundle::Cut::kHead);
    }
    return {};
  }

  const Context& context_;
  bundle::Entry& entry_;
  const uint64_t cap_;
  std::string text_;  // as it came
  bool full_ = false;
  std::string said_;
};

Status Judge(const Context& context, const os::Exit& exit, const Output& output,
             bundle::Entry& entry) {
  switch (exit.how) {
    case os::Exit::How::kTimedOut:
    case os::Exit::How::kAbandoned:
      return OutOfTime(context.deadline);
    case os::Exit::How::kSignalled:
      entry.Note("journalctl", {"kinds.command.signal", {{"signal", std::to_string(exit.code)}}});
      return {};
    case os::Exit::How::kExited:
      entry.SetExit(exit.code);
      // A 1 without a word is a journal without a match.
      if (exit.code == 0 || (exit.code == 1 && output.said().empty())) return {};
      entry.Note("journalctl",
                 {"kinds.journal.said",
                  {{"code", std::to_string(exit.code)}, {"text", std::string(output.said())}}});
      return {};
    case os::Exit::How::kCapped:
      break;
  }
  return {};
}

// The machine that can run a program: of another root this one.
base::Result<std::unique_ptr<os::Host>> Runner(const Context& context) {
  if (context.host.Identity().is_running) return std::unique_ptr<os::Host>();
  RETURN_IF_ERROR(CheckTree(context.host));
  return os::OpenHost({});
}

base::Result<std::string> Program(const os::Host& host) {
  auto program = host.FindProgram("journalctl");
  if (!program && program.error().code() == Code::kMissing) return NoJournal();
  return program;
}

Status Run(const Context& context, bundle::Entry& entry) {
  ASSIGN_OR_RETURN(const std::unique_ptr<os::Host> other, Runner(context));
  const os::Host& host = other ? *other : context.host;
  ASSIGN_OR_RETURN(const std::string program, Program(host));
  if (!other && !context.host.Stat(std::string(kStored), os::Links::kTrusted) &&
      !context.host.Stat(std::string(kVolatile), os::Links::kTrusted)) {
    return NoJournal();
  }
  // Before systemd 234 there is no short-iso-precise.
  for (const std::string_view format : {"short-iso-precise", "short-iso"}) {
    Output output(context, entry);
    os::Command command;
    command.argv = Arguments(context, program, format);
    ASSIGN_OR_RETURN(
        const os::Exit exit,
        host.Run(command, context.deadline, [&](os::OutputStream stream, std::string_view bytes) {
          return output.Take(stream, bytes);
        }));
    const bool unknown = exit.how == os::Exit::How::kExited && exit.code != 0 && output.empty() &&
                         output.said().find("output format") != std::string_view::npos;
    if (unknown && format == "short-iso-precise") continue;
    const Status closed = output.Close(exit);
    RETURN_IF_ERROR(Judge(context, exit, output, entry));
    return closed;
  }
  return {};
}

Status Foresee(const Context& context, Preview& preview) {
  ASSIGN_OR_RETURN(const std::unique_ptr<os::Host> other, Runner(context));
  const os::Host& host = other ? *other : context.host;
  ASSIGN_OR_RETURN(const std::string program, Program(host));
  std::string line;
  for (const std::string& argument : Arguments(context, program, "short-iso-precise"))
    line += (line.empty() ? "" : " ") + argument;
  preview.steps.push_back({Preview::Act::kRun, std::move(line), std::nullopt});
  return {};
}

}  // namespace

const Kind kJournalKind = {
    "journal",
    kFields,
    {.timeout = std::chrono::seconds(60), .max_bytes = 8U << 20U, .max_files = 1},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
