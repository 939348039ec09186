#include "collector/records/cutter.h"

#include <algorithm>
#include <utility>

#include "collector/records/line_start.h"

namespace casepack::records {

using base::Status;

Cutter::Cutter(Encoding encoding, FormatSet& formats, const Timeline& timeline, const Span& span,
               Sink sink)
    : encoding_(encoding), clock_(formats, timeline), span_(span), sink_(std::move(sink)) {}

Status Cutter::Feed(std::string_view bytes) {
  if (WidthOf(encoding_) == 1) return FeedAligned(bytes);
  std::string joined = std::exchange(spare_, {});
  joined += bytes;
  if (joined.size() % 2 != 0) {
    spare_ = joined.back();
    joined.pop_back();
  }
  return FeedAligned(joined);
}

Status Cutter::FeedAligned(std::string_view bytes) {
  size_t at = 0;
  size_t run = std::string_view::npos;  // where kept bytes begin that were not given yet
  const auto flush = [&](size_t end) {
    if (run == std::string_view::npos) return Status();
    const size_t begin = std::exchange(run, std::string_view::npos);
    return Give(bytes.substr(begin, end - begin));
  };
  while (at < bytes.size()) {
    if (!in_line_) {
      const std::string_view rest = bytes.substr(at);
      const bool whole = head_.empty() && (rest.size() >= kHead ||
                                           EndOfLine(encoding_, rest) != std::string_view::npos);
      if (!whole) {
        RETURN_IF_ERROR(flush(at));
        Status status;
        at = BeginLine(bytes, at, &status);
        RETURN_IF_ERROR(status);
        continue;
      }
      Decide(rest.substr(0, std::min(rest.size(), kHead)));
      in_line_ = true;
    }
    const bool give = keep_ && !drop_line_;
    if (give && run == std::string_view::npos) run = at;
    if (!give) RETURN_IF_ERROR(flush(at));
    const size_t end = EndOfLine(encoding_, bytes.substr(at));
    in_line_ = end == std::string_view::npos;
    at = in_line_ ? bytes.size() : at + end;
  }
  return flush(bytes.size());
}

// Gathers the head of a line that comes in pieces; returns up to where it took.
size_t Cutter::BeginLine(std::string_view bytes, size_t at, Status* status) {
  const std::string_view piece = bytes.substr(at, kHead - head_.size());
  const size_t end = EndOfLine(encoding_, piece);
  const size_t taken = std::min(end, piece.size());
  head_ += piece.substr(0, taken);
  if (end == std::string_view::npos && head_.size() < kHead) return at + taken;
  const std::string head = std::exchange(head_, {});
  Decide(head);
  in_line_ = end == std::string_view::npos;
  if (keep_ && !drop_line_) *status = Give(head);
  return at + taken;
}

Status Cutter::Give(std::string_view bytes) {
  counts_.kept += bytes.size();
  return sink_(bytes);
}

Status Cutter::Finish() {
  if (head_.empty()) return {};
  const std::string head = std::exchange(head_, {});
  Decide(head);
  return keep_ && !drop_line_ ? Give(head) : Status();
}

CutCounts Cutter::counts() const {
  CutCounts counts = counts_;
  counts.jumps = clock_.jumps();
  return counts;
}

// `head`: a line, or as much of it as may hold a stamp, and perhaps what follows it.
void Cutter::Decide(std::string_view head) {
  const size_t end = EndOfLine(encoding_, head);
  head = head.substr(0, end);
  const bool behind_one = std::exchange(drop_line_, false);
  const std::string wide = encoding_ == Encoding::kBytes ? "" : ToUtf8(encoding_, head);
  if (!wide.empty()) head = wide;
  const bool dated = Accept(head);
  HideKey(head);
  if (dated) return;
  ++counts_.undated;
  const std::string_view line = head.substr(0, head.find('\n'));
  const bool rest = behind_one ? IsBase64Line(line) : BeginsKeyRest(line);
  drop_line_ = drop_line_ || (counts_.dated == 0 && rest);
}

// A span may begin in the middle of a private key of which each line was logged with a
// time: half of one has no BEGIN that a rule could know.
void Cutter::HideKey(std::string_view head) {
  if (!keep_) {
    at_edge_ = true;
    return;
  }
  drop_line_ = at_edge_ && HasKeyLine(head);
  counts_.hidden += drop_line_ ? 1 : 0;
  at_edge_ = drop_line_;
}

bool Cutter::Accept(std::string_view head) {
  const auto instant = clock_.Next(head);
  if (!instant) return false;
  if (counts_.dated++ == 0) counts_.first = instant->time;
  counts_.last = instant->time;
  keep_ = span_.Contains(instant->time);
  if (keep_) counts_.doubts |= instant->doubts;
  return true;
}

}  // namespace casepack::records
