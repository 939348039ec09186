#include "collector/bundle/member_writer.h"

#include <algorithm>

#include "collector/bundle/json_redaction.h"

namespace casepack::bundle {

using base::Code;
using base::Status;

MemberWriter::Impl::Impl(std::shared_ptr<EntryState> state, uint64_t slot, MemberRow row,
                         base::Timestamp modified)
    : state_(std::move(state)),
      slot_(slot),
      row_(std::move(row)),
      blocks_(*state_->spool, state_->compressor,
              {state_->place.format, state_->place.folder + "/" + row_.name, modified}),
      stream_(state_->place.redaction, [this](std::string_view redacted) { Accept(redacted); }) {}

Status MemberWriter::Impl::Write(std::string_view bytes) {
  RETURN_IF_ERROR(Check());
  fed_ = true;
  stream_.Feed(bytes);
  if (stream_.withheld()) Withhold();
  return failure_;
}

Status MemberWriter::Impl::WriteJson(const base::Json& value, base::JsonStyle style) {
  RETURN_IF_ERROR(Check());
  redaction::Counts counts;
  const std::string text =
      base::WriteJson(RedactJson(state_->place.redaction, value, &counts), style) + "\n";
  state_->Count(counts);
  if (fed_) return Write(text);  // keeps the order with what the stream holds back
  if (text.size() > state_->Room()) {
    row_.cut_tail = true;
    return Fail(FullStatus());
  }
  Store(text);
  return failure_;
}

void MemberWriter::Impl::MarkCut(Cut cut) {
  (cut == Cut::kHead ? row_.cut_head : row_.cut_tail) = true;
}

Status MemberWriter::Impl::Close() {
  if (closed_) return failure_;
  if (!Check().ok() && failure_.code() != Code::kFull && failure_.code() != Code::kRefused) {
    closed_ = true;
    return failure_;
  }
  if (fed_) stream_.Finish();
  if (stream_.withheld()) Withhold();
  closed_ = true;
  state_->Count(stream_.counts());
  if (withheld_ && blocks_.bytes() == 0) return failure_;
  base::Result<Stored> stored = blocks_.Close();
  if (!stored) return Fail(stored.error());
  row_.bytes = blocks_.bytes();
  row_.sha256 = digest_.Hex();
  state_->Keep(slot_, std::move(row_), std::move(*stored));
  return failure_;
}

Status MemberWriter::Impl::Check() {
  if (state_->ended() || closed_) return Fail({Code::kCancelled, {"bundle.entry.ended", {}}});
  return failure_;
}

Status MemberWriter::Impl::Fail(Status status) {
  // Cancelled comes over all else: from then on nothing may be kept.
  if (failure_.ok() || status.code() == Code::kCancelled) failure_ = std::move(status);
  return failure_;
}

void MemberWriter::Impl::Accept(std::string_view redacted) {
  if (!failure_.ok()) return;
  const uint64_t room = state_->Room();
  if (redacted.size() <= room) {
    Store(redacted);
    return;
  }
  Store(redacted.substr(0, static_cast<size_t>(room)));
  row_.cut_tail = true;
  static_cast<void>(Fail(FullStatus()));
}

void MemberWriter::Impl::Store(std::string_view bytes) {
  state_->used += bytes.size();
  digest_.Update(bytes);
  if (Status status = blocks_.Write(bytes); !status.ok())
    static_cast<void>(Fail(std::move(status)));
}

Status MemberWriter::Impl::FullStatus() const {
  return {Code::kFull,
          {"bundle.entry.full", {{"limit", std::to_string(state_->limits.max_bytes)}}}};
}

// Fail closed: what is not text does not get in, and that it did not is said.
void MemberWriter::Impl::Withhold() {
  if (withheld_) return;
  withheld_ = true;
  if (blocks_.bytes() > 0) row_.cut_tail = true;
  state_->Note(row_.original.empty() ? row_.name : row_.original, {"bundle.withheld.binary", {}});
  static_cast<void>(Fail({Code::kRefused, {"bundle.withheld.binary", {}}}));
}

MemberWriter::MemberWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
MemberWriter::MemberWriter(MemberWriter&&) noexcept = default;
MemberWriter::~MemberWriter() {
  if (impl_) static_cast<void>(impl_->Close());
}

Status MemberWriter::Write(std::string_view bytes) { return impl_->Write(bytes); }
Status MemberWriter::Record(const base::Json& value) {
  return impl_->WriteJson(value, base::JsonStyle::kOneLine);
}
Status MemberWriter::Document(const base::Json& value) {
  return impl_->WriteJson(value, base::JsonStyle::kIndented);
}
void MemberWriter::MarkCut(Cut cut) { impl_->MarkCut(cut); }
Status MemberWriter::Close() { return impl_->Close(); }

}  // namespace casepack::bundle
