#include <string>

#include "collector/archive/session.h"

namespace casepack::archive {

using base::Status;

namespace {

constexpr size_t kBufferBytes = 64U << 10U;

// Text through the filter. Reading ends at the first failure, at a bound, or when the
// filter says that it is no text.
class TextPass {
 public:
  TextPass(Session& session, PackedEntry& out)
      : out_(out),
        limit_(session.bounds.max_entry),
        stream_(session.filters.open([this](std::string_view bytes) {
          if (written_.ok()) written_ = out_.Write(bytes);
        })) {}
  ~TextPass() = default;
  TextPass(const TextPass&) = delete;
  TextPass& operator=(const TextPass&) = delete;

  base::Result<Ending> Run(ByteSource& in) {
    const Status read = Read(in);
    if (!stream_.withheld()) stream_.Finish();
    RETURN_IF_ERROR(written_);
    Ending ending = EndingOf(read);
    ending.bytes_in = bytes_;
    ending.counts = stream_.counts();
    if (stream_.withheld()) {
      ending.outcome = EntryOutcome::kWithheld;
      ending.reason = {"archive.entry.not_text", {}};
    }
    const bool nothing = bytes_ == 0 && ending.outcome != EntryOutcome::kRedacted;
    if (nothing || ending.outcome == EntryOutcome::kWithheld) {
      ending.counts.clear();
      RETURN_IF_ERROR(Withhold(out_, ending.outcome));
      return ending;
    }
    if (ending.outcome != EntryOutcome::kRedacted)
      RETURN_IF_ERROR(out_.Write(CutNotice(ending.outcome)));
    RETURN_IF_ERROR(out_.Commit());
    return ending;
  }

 private:
  Status Read(ByteSource& in) {
    std::string buffer(kBufferBytes, '\0');
    while (written_.ok() && !stream_.withheld()) {
      ASSIGN_OR_RETURN(const size_t got, in.Read(buffer));
      if (got == 0) break;
      bytes_ += got;
      if (bytes_ > limit_) {
        return {base::Code::kFull, {"archive.bounds.entry", {{"limit", std::to_string(limit_)}}}};
      }
      stream_.Feed(std::string_view(buffer).substr(0, got));
    }
    return {};
  }

  PackedEntry& out_;
  const uint64_t limit_;
  uint64_t bytes_ = 0;
  Status written_;
  redaction::Stream stream_;
};

}  // namespace

Ending EndingOf(const base::Status& status) {
  Ending ending;
  if (status.ok()) return ending;
  ending.outcome = OutcomeOf(status);
  ending.reason = status.message();
  return ending;
}

Status Withhold(PackedEntry& out, EntryOutcome outcome) {
  out.Reset();
  RETURN_IF_ERROR(out.Write(Notice(outcome)));
  return out.Commit();
}

void Tell(Session& session, const Place& place, Ending ending, uint64_t bytes_out) {
  EntryReport row;
  row.name = place.name;
  row.outcome = ending.outcome;
  row.reason = std::move(ending.reason);
  row.counts = std::move(ending.counts);
  row.bytes_in = ending.bytes_in;
  row.bytes_out = bytes_out;
  session.report.Add(std::move(row), session.bounds.max_rows);
}

base::Result<Ending> RewriteEntry(Session& session, ByteSource& in, PackedEntry& out,
                                  const Place& place) {
  PeekSource peeked(in);
  const std::string_view head = peeked.Peek(kHeadBytes);
  const bool archive =
      LooksLikeZip(head) || LooksLikeTar(head) || DetectFilter(head) != Filter::kNone;
  if (!archive) return TextPass(session, out).Run(peeked);
  Ending ending;
  if (place.depth <= 0) {
    ending.outcome = EntryOutcome::kTooDeep;
    ending.reason = {"archive.entry.too_deep", {}};
    RETURN_IF_ERROR(Withhold(out, ending.outcome));
    return ending;
  }
  ASSIGN_OR_RETURN(ending, RewriteArchive(session, peeked, out, {place.name, place.depth - 1}));
  // An archive of which nothing could be read is better called by its name.
  if (ending.outcome != EntryOutcome::kRedacted && ending.entries == 0) {
    RETURN_IF_ERROR(Withhold(out, ending.outcome));
  } else {
    RETURN_IF_ERROR(out.Commit());
  }
  return ending;
}

}  // namespace casepack::archive
