// event_file: files of events that the user names on the command line (--events FILE): an
// export of the console as CSV, lines of CEF or LEEF, JSON. Taken as they are, redacted;
// what they mean is the analysis' business. They are files of this machine, read by the
// user's own right, whatever root is looked at.
#include <string>
#include <string_view>
#include <vector>

#include "collector/kinds/kind.h"
#include "collector/os/user_input.h"

namespace casepack::kinds {

extern const Kind kEventFileKind;

namespace {

using base::Code;
using base::Status;
using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"paths", FieldType::kTextList, Presence::kOptional},
};

constexpr size_t kPiece = 256U << 10U;

Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {Code::kTimedOut, {"kinds.timed_out", {}}};
}

std::string MemberName(const std::string& path) {
  if (path == "-") return "stdin";
  const size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

Status Copy(const Context& context, os::UserInput& input, bundle::MemberWriter& member,
            bundle::Entry& entry) {
  std::vector<char> buffer(kPiece);
  while (true) {
    if (context.deadline.Expired()) {
      member.MarkCut(bundle::Cut::kTail);
      return OutOfTime(context.deadline);
    }
    auto got = input.Read(buffer);
    if (!got) {
      member.MarkCut(bundle::Cut::kTail);
      return got.error();
    }
    if (*got == 0) return {};
    entry.CountRead(*got);
    RETURN_IF_ERROR(member.Write({buffer.data(), *got}));
  }
}

Status TakeOne(const Context& context, const std::string& path, bundle::Entry& entry) {
  auto input = os::UserInput::Open(path);
  if (!input) {
    entry.Note(path, input.error());
    return input.error();
  }
  // The user's folders are no business of whoever reads the bundle.
  const std::string name = MemberName(path);
  ASSIGN_OR_RETURN(bundle::MemberWriter member, entry.Open({name, name, context.host.Now()}));
  const Status copied = Copy(context, *input, member, entry);
  const Status closed = member.Close();
  if (!copied.ok()) return copied;
  return closed;
}

Status Run(const Context& context, bundle::Entry& entry) {
  if (!context.options.Has("paths") || context.options.TextList("paths").empty()) {
    return {Code::kMissing, {"kinds.event_file.none", {}}};
  }
  Status result;
  for (const std::string& path : context.options.TextList("paths")) {
    Status taken = TakeOne(context, path, entry);
    // What is not text was withheld with a note: the next file may be.
    if (taken.ok() || taken.code() == Code::kRefused) continue;
    if (taken.code() == Code::kTimedOut || taken.code() == Code::kCancelled) return taken;
    result = std::move(taken);
  }
  // One that failed has its note; only where none came is it the item's own failure.
  return entry.Members() > 0 ? Status() : result;
}

Status Foresee(const Context& context, Preview& preview) {
  if (!context.options.Has("paths")) return {Code::kMissing, {"kinds.event_file.none", {}}};
  for (const std::string& path : context.options.TextList("paths")) {
    if (path == "-") {
      preview.steps.push_back({Preview::Act::kRead, path, std::nullopt});
      continue;
    }
    auto input = os::UserInput::Open(path);
    if (!input) return input.error();
    preview.steps.push_back({Preview::Act::kRead, path, input->size()});
    preview.bytes += input->size().value_or(0);
  }
  return {};
}

}  // namespace

const Kind kEventFileKind = {
    "event_file",
    kFields,
    {.timeout = std::chrono::seconds(60), .max_bytes = 64U << 20U, .max_files = 20},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
