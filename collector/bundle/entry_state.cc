#include "collector/bundle/entry_state.h"

#include <algorithm>

#include "collector/bundle/outcome.h"
#include "collector/bundle/safe_text.h"

namespace casepack::bundle {
namespace {

base::Message SafeMessage(const redaction::EnginePtr& engine, const base::Message& message,
                          redaction::Counts* counts) {
  base::Message safe{message.key, {}};
  for (const auto& [name, value] : message.args)
    safe.args.emplace_back(name, SafeText(engine, value, counts));
  return safe;
}

}  // namespace

EntryState::EntryState(std::shared_ptr<Spool> spool_, EntryPlace place_, const EntryLimits& limits_)
    : spool(std::move(spool_)),
      place(std::move(place_)),
      limits(limits_),
      compressor(place.format == Format::kTarZst ? Codec::kZstd : Codec::kGzip) {
  row_.id = place.item_id;
}

bool EntryState::ended() const {
  const std::lock_guard lock(mutex_);
  return ended_;
}

void EntryState::Keep(uint64_t slot, MemberRow row, Stored stored) {
  const std::lock_guard lock(mutex_);
  if (!ended_) members_.insert_or_assign(slot, std::make_pair(std::move(row), std::move(stored)));
}

void EntryState::Note(std::string_view subject, const base::Message& message) {
  const std::lock_guard lock(mutex_);
  if (ended_) return;
  if (row_.notes.size() >= limits.max_notes) {
    ++row_.notes_left_out;
    return;
  }
  NoteRow note;
  note.subject = SafeText(place.redaction, subject, &row_.redactions);
  note.text.message = SafeMessage(place.redaction, message, &row_.redactions);
  row_.notes.push_back(std::move(note));
}

void EntryState::Log(LogRow row) {
  const std::lock_guard lock(mutex_);
  if (ended_) return;
  if (row_.logs.size() >= limits.max_logs) {
    ++row_.logs_left_out;
    return;
  }
  row.path = SafeText(place.redaction, row.path, &row_.redactions);
  row_.logs.push_back(std::move(row));
}

void EntryState::Count(const redaction::Counts& counts) {
  const std::lock_guard lock(mutex_);
  if (ended_) return;
  for (const auto& [rule, count] : counts)
    row_.redactions[rule] += count;
}

void EntryState::CountRead(uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (!ended_) row_.bytes_read += bytes;
}

void EntryState::SetExit(int code) {
  const std::lock_guard lock(mutex_);
  if (!ended_) row_.exit = code;
}

ItemRow EntryState::End(const base::Status& status) {
  const std::lock_guard lock(mutex_);
  if (ended_) return {};
  ended_ = true;
  for (auto& [slot, member] : members_) {
    spool->Keep(member.first.name, std::move(member.second));
    row_.members.push_back(std::move(member.first));
  }
  members_.clear();
  row_.outcome = OutcomeOf(status, row_);
  row_.reason.message = SafeMessage(place.redaction, ReasonOf(status, row_), &row_.redactions);
  return std::move(row_);
}

}  // namespace casepack::bundle
