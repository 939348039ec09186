#include "collector/analysis/log_records.h"

#include <algorithm>
#include <utility>

#include "collector/analysis/event_encoding.h"
#include "collector/base/utf8.h"

namespace casepack::analysis {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view Trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

// Not in the middle of a character of UTF-8.
std::string_view Head(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U)
    --most;
  return text.substr(0, most);
}

}  // namespace

LogRecords::LogRecords(LogPart part, const records::Window& window, LogStore& store)
    : part_(std::move(part)), window_(window), store_(store), timeline_(*window.zone, part_.near) {
  timeline_.Expect(window.span);
}

void LogRecords::Feed(std::string_view bytes) {
  if (!began_ && !bytes.empty()) {
    began_ = true;
    encoding_ = records::EncodingOf(bytes);
    bytes.remove_prefix(records::MarkOf(bytes));
  }
  if (encoding_ == records::Encoding::kBytes) return FeedText(bytes);
  std::string wide = std::exchange(half_, {});
  wide += bytes;
  if (wide.size() % 2 != 0) {
    half_ = wide.back();
    wide.pop_back();
  }
  FeedText(records::ToUtf8(encoding_, wide));
}

void LogRecords::FeedText(std::string_view bytes) {
  if (!learned_) {
    pending_ += bytes;
    if (pending_.size() < kSample) return;
    learned_ = true;
    formats_.Learn(pending_, base::Timestamp::max());
    const std::string sample = std::exchange(pending_, {});
    FeedText(sample);
    return;
  }
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (!skip_) pending_ += Head(piece, 2 * kText);
    if (pending_.size() > 2 * kText) skip_ = true;
    if (end == std::string_view::npos) return;
    Line(pending_);
    pending_.clear();
    skip_ = false;
    bytes.remove_prefix(end + 1);
  }
}

void LogRecords::Finish() {
  if (!learned_) {
    learned_ = true;
    formats_.Learn(pending_, base::Timestamp::max());
    const std::string all = std::exchange(pending_, {});
    FeedText(all);
  }
  if (!pending_.empty()) Line(pending_);
  pending_.clear();
  Flush();
}

void LogRecords::Line(std::string_view line) {
  ++line_;
  const auto dated = formats_.Date(line);
  if (!dated) {
    // Of a record of several lines the first ones that say something.
    if (!record_ || record_->cut) return;
    const std::string_view more = Trimmed(line);
    const bool fits = record_->text.size() + more.size() < kText;
    if (fits && !more.empty()) record_->text += "\n" + std::string(more);
    record_->cut = !fits;
    return;
  }
  Flush();
  const records::Instant instant = timeline_.Next(dated->stamp);
  if (!window_.span.Contains(instant.time)) return;
  LogRecord& record = record_.emplace();
  record.time = instant.time;
  record.doubts = instant.doubts;
  record.source = part_.source;
  record.member = part_.member;
  record.line = line_;
  std::string_view text = line.substr(dated->stamp.end);
  const size_t begin = text.find_first_not_of(" \t\r:,]");
  text = Trimmed(begin == std::string_view::npos ? std::string_view() : text.substr(begin));
  record.text = Head(text, kText);
  record.cut = text.size() > kText;
}

void LogRecords::Flush() {
  if (!record_) return;
  if (!base::IsUtf8(record_->text)) record_->text = EventTextToUtf8(record_->text);
  store_.Add(*std::exchange(record_, std::nullopt));
}

}  // namespace casepack::analysis
