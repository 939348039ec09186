// command: a program's output. The argument vector goes to the system as it stands in the
// manifest, never through a shell. What came by the end of the program, of its time or of
// the room for it is kept.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/kinds/kind.h"

namespace casepack::kinds {

extern const Kind kCommandKind;

namespace {

using manifest::FieldType;
using manifest::Presence;

constexpr manifest::Field kFields[] = {
    {"argv", FieldType::kTextList, Presence::kRequired},
    {"environment", FieldType::kTextList},
    {"exit_ok", FieldType::kTextList, Presence::kOptional, "0"},
    {"name", FieldType::kText, Presence::kOptional, "output.txt"},
    {"log", FieldType::kFlag, Presence::kOptional, "false"},
};

// What a program may still say after we stopped keeping it (it is not text), so that its
// exit code can be told: a flood of it ends the program.
constexpr uint64_t kMaxUnkept = 64U << 20U;

// The arguments as one line that can be read back: quoted as a shell would want it, but
// for people only.
std::string OneLine(const std::vector<std::string>& argv) {
  std::string line;
  for (const std::string& argument : argv) {
    if (!line.empty()) line += ' ';
    const bool plain =
        !argument.empty() && argument.find_first_of(" \t\n\"'\\") == std::string::npos;
    if (plain) {
      line += argument;
      continue;
    }
    line += '\'';
    line += argument;
    line += '\'';
  }
  return line;
}

// The two members that output goes to, each opened with its first byte.
class Output {
 public:
  Output(bundle::Entry& entry, const std::string& name, std::string original)
      : entry_(entry),
        out_{name, {}, {}},
        err_{"stderr.txt", {}, {}},
        original_(std::move(original)) {}

  os::Wants Take(os::OutputStream stream, std::string_view bytes) {
    entry_.CountRead(bytes.size());
    Part& part = stream == os::OutputStream::kStdout ? out_ : err_;
    if (part.status.ok()) {
      part.status = Open(part);
      if (part.status.ok()) part.status = part.member->Write(bytes);
    }
    if (part.status.ok()) return os::Wants::kMore;
    if (part.status.code() != base::Code::kRefused) return os::Wants::kNoMore;
    unkept_ += bytes.size();
    return unkept_ <= kMaxUnkept ? os::Wants::kMore : os::Wants::kNoMore;
  }

  // Saying nothing is an answer too: there is always a member for stdout.
  base::Status Close(bool cut) {
    if (out_.status.ok()) out_.status = Open(out_);
    for (Part* part : {&out_, &err_}) {
      if (!part->member) continue;
      if (cut) part->member->MarkCut(bundle::Cut::kTail);
      const base::Status closed = part->member->Close();
      if (part->status.ok()) part->status = closed;
    }
    for (const Part* part : {&out_, &err_}) {
      // Withheld, which is noted already.
      if (part->status.code() == base::Code::kRefused) continue;
      RETURN_IF_ERROR(part->status);
    }
    return {};
  }

 private:
  struct Part {
    std::string name;
    std::optional<bundle::MemberWriter> member;
    base::Status status;
  };

  base::Status Open(Part& part) {
    if (part.member) return {};
    ASSIGN_OR_RETURN(bundle::MemberWriter member, entry_.Open({part.name, original_, {}}));
    part.member.emplace(std::move(member));
    return {};
  }

  bundle::Entry& entry_;
  Part out_;
  Part err_;
  std::string original_;
  uint64_t unkept_ = 0;
};

base::Result<std::string> Program(const Context& context) {
  const std::vector<std::string>& argv = context.options.TextList("argv");
  if (argv.empty()) return base::Status(base::Code::kInvalid, {"kinds.command.empty", {}});
  auto found = context.host.FindProgram(argv[0]);
  if (!found && found.error().code() == base::Code::kMissing) {
    return base::Status(base::Code::kMissing, {"kinds.command.missing", {{"program", argv[0]}}});
  }
  return found;
}

base::Status OutOfTime(const base::Deadline& deadline) {
  if (deadline.stop != nullptr && deadline.stop->raised()) {
    return {base::Code::kCancelled, {"kinds.cancelled", {}}};
  }
  return {base::Code::kTimedOut, {"kinds.timed_out", {}}};
}

// What became of the program, told as notes or as the status of the item.
base::Status Judge(const Context& context, const os::Exit& exit, const std::string& program,
                   bundle::Entry& entry) {
  if (exit.left_processes) entry.Note(program, {"kinds.command.left_processes", {}});
  switch (exit.how) {
    case os::Exit::How::kExited: {
      entry.SetExit(exit.code);
      const std::string code = std::to_string(exit.code);
      const auto& good = context.options.TextList("exit_ok");
      if (std::find(good.begin(), good.end(), code) == good.end()) {
        entry.Note(program, {"kinds.command.exit", {{"code", code}}});
      }
      return {};
    }
    case os::Exit::How::kSignalled:
      entry.Note(program, {"kinds.command.signal", {{"signal", std::to_string(exit.code)}}});
      return {};
    case os::Exit::How::kCapped:
      return {};
    case os::Exit::How::kTimedOut:
      return OutOfTime(context.deadline);
    case os::Exit::How::kAbandoned: {
      entry.Note(program, {"kinds.command.abandoned", {}});
      return OutOfTime(context.deadline);
    }
  }
  return {};
}

base::Status Run(const Context& context, bundle::Entry& entry) {
  ASSIGN_OR_RETURN(const std::string program, Program(context));
  os::Command command;
  command.argv = context.options.TextList("argv");
  command.argv[0] = program;
  if (context.options.Has("environment")) {
    command.environment = context.options.TextList("environment");
  }

  Output output(entry, context.options.Text("name"), OneLine(command.argv));
  ASSIGN_OR_RETURN(const os::Exit exit,
                   context.host.Run(command, context.deadline,
                                    [&output](os::OutputStream stream, std::string_view bytes) {
                                      return output.Take(stream, bytes);
                                    }));
  const bool cut = exit.how != os::Exit::How::kExited && exit.how != os::Exit::How::kSignalled;
  base::Status closed = output.Close(cut);
  if (!closed.ok() && closed.code() != base::Code::kFull) return closed;
  if (context.options.Flag("log")) {
    bundle::LogRow row;
    row.path = program;
    row.state = "taken";
    entry.Log(std::move(row));
  }
  base::Status judged = Judge(context, exit, program, entry);
  if (!judged.ok()) return judged;
  return closed;
}

base::Status Foresee(const Context& context, Preview& preview) {
  ASSIGN_OR_RETURN(const std::string program, Program(context));
  std::vector<std::string> argv = context.options.TextList("argv");
  argv[0] = program;
  preview.steps.push_back({Preview::Act::kRun, OneLine(argv), std::nullopt});
  return {};
}

}  // namespace

const Kind kCommandKind = {
    "command",
    kFields,
    {.timeout = std::chrono::seconds(30), .max_bytes = 4U << 20U, .max_files = 2},
    &Run,
    &Foresee,
};

}  // namespace casepack::kinds
