#include "redaction/block_filter.h"

#include <algorithm>

#include "redaction/marker.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLongestLabel = 72;
constexpr size_t kEdge = 128;  // longer than any first or last line of a block
constexpr size_t kSeam = 4 * kEdge;
constexpr std::string_view kBegin = "BEGIN";
constexpr std::string_view kPuttyBegin = "Private-Lines:";
constexpr std::string_view kPuttyEnd = "Private-MAC:";

bool IsLabel(char c) {
  return IsUpper(c) || IsDigit(c) || c == ' ' || c == '+' || c == '%' || c == '_';
}

// The place after `LABEL-----` (or `LABEL ----`), 0 when this is no such line.
size_t AfterLabel(std::string_view text, size_t from, std::string_view* label) {
  size_t i = from;
  while (i < text.size() && i < from + kLongestLabel && IsLabel(text[i]))
    ++i;
  *label = text.substr(from, i - from);
  if (text.substr(i, 4) != "----") return 0;
  i += 4;
  return i < text.size() && text[i] == '-' ? i + 1 : i;
}

// Where the dashes begin that lead to `at`, not before `lowest`; npos when there are none.
// `more`: dashes stand before `lowest`, too.
size_t DashesBefore(std::string_view text, size_t at, size_t lowest, bool more = false) {
  const size_t stop = at > lowest && text[at - 1] == ' ' ? at - 1 : at;
  size_t i = stop;
  while (i > lowest && stop - i < 5 && text[i - 1] == '-')
    --i;
  return stop - i >= 4 || (more && i == lowest) ? i : std::string_view::npos;
}

}  // namespace

// What was kept back is joined with the beginning of what comes; the rest is looked at
// where it is.
void BlockFilter::Feed(std::string_view text, const Survey& survey) {
  while (!buffer_.empty() && !text.empty()) {
    const size_t part = std::min(text.size(), kSeam);
    buffer_.append(text.substr(0, part));
    const size_t done = Work(buffer_, false);
    const size_t left = buffer_.size() - done;
    if (left > part) {
      buffer_.erase(0, done);
      text.remove_prefix(part);
    } else {
      buffer_.clear();
      text.remove_prefix(part - left);
    }
  }
  const Words words = survey.block_word ? Words::kMaybe : Words::kNone;
  if (!text.empty()) buffer_.assign(text.substr(Work(text, false, words)));
}

void BlockFilter::Finish() {
  Work(buffer_, true);
  buffer_.clear();
}

// Returns how much of the text is done with.
size_t BlockFilter::Work(std::string_view text, bool end, Words words) {
  size_t at = 0;
  for (bool more = true; more && at < text.size();) {
    const size_t before = at;
    const Kind kind = kind_;
    at = kind == Kind::kNone ? Outside(text, at, end, words) : Inside(text, at, end);
    more = at != before || kind_ != kind;
  }
  return at;
}

// Passes on up to the next block; keeps back what could be the edge of one.
size_t BlockFilter::Outside(std::string_view text, size_t from, bool end, Words words) {
  const size_t limit = end ? text.size() : text.size() - std::min(text.size(), 2 * kEdge);
  if (limit <= from) return from;
  for (size_t at = from;;) {
    const size_t found = words == Words::kNone ? text.size() : FindBlockWord(text, at);
    if (found >= limit) break;
    size_t first = found;
    const bool putty = text[found] == kPuttyBegin[0];
    bool block = putty;
    if (!putty) {
      std::string_view label;
      first = DashesBefore(text, found, from, after_dashes_);
      block = first != std::string_view::npos &&
              AfterLabel(text, found + kBegin.size(), &label) != 0 &&
              label.find("PRIVATE") != std::string_view::npos;
    }
    if (block) {
      if (first > from) next_(text.substr(from, first - from));
      std::string marker;
      AppendMarker(&marker, "private-key", counts_);
      next_(marker);
      kind_ = putty ? Kind::kPutty : Kind::kPem;
      after_dashes_ = false;
      swallowed_ = 0;
      return found;
    }
    at = found + 1;
  }
  // Some bytes stay behind: the dashes before a BEGIN that is not yet in view.
  const size_t stop = end ? limit : std::max(from, limit - std::min<size_t>(limit, 8));
  if (stop == from) return stop;
  after_dashes_ = false;
  next_(text.substr(from, stop - from));
  return stop;
}

size_t BlockFilter::EndOfBlock(std::string_view text, size_t from) const {
  if (kind_ == Kind::kPutty) return text.find(kPuttyEnd, from);
  if (kind_ == Kind::kPuttyMac) return text.find('\n', from);
  for (size_t at = text.find("END", from); at != std::string_view::npos;
       at = text.find("END", at + 1)) {
    std::string_view label;
    const size_t after = AfterLabel(text, at + 3, &label);
    if (after != 0 && DashesBefore(text, at, from) != std::string_view::npos) return after;
  }
  return std::string_view::npos;
}

size_t BlockFilter::Inside(std::string_view text, size_t from, bool end) {
  const size_t bound = from + (kLongest - swallowed_);
  const bool whole = end || kind_ == Kind::kPuttyMac;  // of its end nothing can be cut off
  const size_t limit = whole ? text.size() : text.size() - std::min(text.size(), 2 * kEdge);
  size_t stop = EndOfBlock(text, from);
  // At the very edge its fifth dash may not be in view: look again when more has come.
  if (!end && stop == text.size()) stop = std::string_view::npos;
  if (stop != std::string_view::npos && stop <= bound) {
    swallowed_ += stop - from;
    after_dashes_ = kind_ == Kind::kPem;
    kind_ = kind_ == Kind::kPutty ? Kind::kPuttyMac : Kind::kNone;
    return stop;
  }
  const size_t to = std::max(from, std::min(limit, bound));
  swallowed_ += to - from;
  if (to == bound) kind_ = Kind::kNone;
  return to;
}

}  // namespace casepack::redaction
