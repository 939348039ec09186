#include "collector/bundle/entry.h"

#include "collector/bundle/entry_state.h"
#include "collector/bundle/member_writer.h"
#include "collector/bundle/safe_text.h"

namespace casepack::bundle {
namespace {

using base::Code;
using base::Status;

// Where the member came from, unless its name says the same.
std::string OriginalOf(const redaction::EnginePtr& engine, const Source& source,
                       const std::string& name) {
  const std::string& path = source.original.empty() ? source.name : source.original;
  std::string original = SafeText(engine, path, nullptr);
  std::string_view shown = original;
  if (!shown.empty() && shown.front() == '/') shown.remove_prefix(1);
  return shown == name ? std::string() : original;
}

}  // namespace

Entry::Entry(std::shared_ptr<EntryState> state) : state_(std::move(state)) {}

base::Result<MemberWriter> Entry::Open(const Source& source) {
  if (state_->ended()) return Status(Code::kCancelled, {"bundle.entry.ended", {}});
  if (state_->opened >= state_->limits.max_members) {
    return Status(Code::kFull, {"bundle.entry.too_many",
                                {{"limit", std::to_string(state_->limits.max_members)}}});
  }
  redaction::Counts counts;
  const std::string name =
      state_->names.Unique(SafeRedactedName(state_->place.redaction, source.name, &counts));
  state_->Count(counts);
  MemberRow row;
  row.name = state_->place.prefix + name;
  row.original = OriginalOf(state_->place.redaction, source, name);
  return MemberWriter(std::make_unique<MemberWriter::Impl>(
      state_, state_->opened++, std::move(row), source.modified.value_or(state_->place.created)));
}

void Entry::Note(std::string_view subject, const base::Message& message) {
  state_->Note(subject, message);
}

void Entry::Note(std::string_view subject, const base::Status& status) {
  state_->Note(subject, status.message());
}

void Entry::Log(LogRow row) { state_->Log(std::move(row)); }

std::string Entry::Arguments(const std::vector<std::string>& arguments) {
  redaction::Counts counts;
  std::string line;
  const std::vector<std::string> safe =
      redaction::RedactArguments(state_->place.redaction, arguments, &counts);
  for (size_t i = 0; i < safe.size(); ++i) {
    std::string_view argument = safe[i];
    // Of "token:first second" the rule takes the first word for the value: here the border
    // of the argument tells better.
    const size_t marker = argument.find("[REDACTED:");
    const bool blanks = marker != std::string_view::npos && i < arguments.size() &&
                        arguments[i].find_first_of(" \t\n") != std::string::npos;
    if (blanks) argument = argument.substr(0, argument.find(']', marker) + 1);
    if (i > 0) line += ' ';
    line += argument;
  }
  state_->Count(counts);
  return line;
}

void Entry::CountRead(uint64_t bytes) { state_->CountRead(bytes); }
void Entry::SetExit(int code) { state_->SetExit(code); }
uint64_t Entry::Room() const { return state_->Room(); }
uint64_t Entry::Members() const { return state_->opened; }

ItemRow Entry::Finish(const Status& status) { return state_->End(status); }
ItemRow Entry::Abandon(const Status& status) { return state_->End(status); }

}  // namespace casepack::bundle
