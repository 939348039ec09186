#include "collector/records/line_probe.h"

#include <algorithm>

#include "collector/records/cutter.h"

namespace casepack::records {
namespace {

using base::Timestamp;

constexpr size_t kBlock = 16U << 10U;
constexpr uint64_t kMostBack = 1U << 20U;
constexpr uint64_t kLeastLook = 256U << 10U;  // by each look, whatever the others took

// Where the last data end: a file may span far more than it holds.
uint64_t DataEnd(const Source& source) {
  uint64_t low = source.begin;
  uint64_t high = source.size;
  const uint64_t tail = high - std::min<uint64_t>(high, 1);
  if (high <= low || source.next_data(tail) < high) return high;
  while (low < high) {
    const uint64_t middle = low + (high - low) / 2;
    if (source.next_data(middle) < source.size) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

LineProbe::LineProbe(const Source& source, FormatSet& formats, const Zone& zone, Timestamp latest,
                     uint64_t most_read)
    : source_(source),
      formats_(formats),
      zone_(zone),
      latest_(latest),
      end_(DataEnd(source)),
      most_read_(most_read),
      buffer_(kBlock, '\0') {}

// The last line with a time, if it is near the end.
base::Result<std::optional<Point>> LineProbe::Last() {
  const uint64_t length = end_ - std::min(source_.begin, end_);
  std::string text;
  for (uint64_t back = kBlock; back <= kMostBack; back *= 8) {
    const uint64_t at = Align(end_ - std::min(back, length));
    text.resize(end_ - std::min(at, end_));
    ASSIGN_OR_RETURN(const size_t got, source_.read(at, text));
    read_ += got;
    text.resize(got);
    const auto last = LastOf(text, at);
    if (last || back >= length) return last;
  }
  return std::optional<Point>();
}

LineProbe::Answer LineProbe::LastOf(std::string_view text, uint64_t offset) {
  std::optional<Point> last;
  size_t at = offset > source_.begin ? EndOfLine(source_.encoding, text) : 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    const size_t end = EndOfLine(source_.encoding, rest);
    const std::string_view head = rest.substr(0, std::min(end, Cutter::kHead));
    if (const auto dated = formats_.Date(ToUtf8(source_.encoding, head))) {
      const Timestamp next = last ? last->time : latest_;
      last = Point{offset + at, InstantOf(dated->stamp, next)};
    }
    at = end == std::string_view::npos ? end : at + end;
  }
  return last;
}

// The first line with a time that begins at `from` or behind it.
base::Result<std::optional<Point>> LineProbe::FirstAt(uint64_t from, Timestamp near) {
  uint64_t at = Align(from);
  gave_up_ = false;
  if (const auto known = Known(at)) return known->second;
  bool at_line = at <= source_.begin;
  if (!at_line) at -= WidthOf(source_.encoding);  // does one begin just there?
  std::optional<Point> found;
  const uint64_t enough = std::max(most_read_, read_ + kLeastLook);
  while (at < end_ && !found) {
    gave_up_ = read_ >= enough;
    if (gave_up_) return found;
    if (const auto known = Known(at); known && at > from) {
      found = known->second;
      break;
    }
    const uint64_t data = Align(source_.next_data(at));
    if (data > at) at_line = true;
    at = data;
    ASSIGN_OR_RETURN(const size_t got, source_.read(at, buffer_));
    if (got == 0) break;
    read_ += got;
    at = Scan({buffer_.data(), got}, at, near, &at_line, &found);
  }
  known_[Align(from)] = found;
  return found;
}

// Through one block: returns where to go on.
uint64_t LineProbe::Scan(std::string_view block, uint64_t offset, Timestamp near, bool* at_line,
                         Answer* found) {
  size_t at = 0;
  if (!*at_line) {
    at = EndOfLine(source_.encoding, block);
    if (at == std::string_view::npos) return offset + block.size();
    *at_line = true;
  }
  while (at < block.size()) {
    const std::string_view rest = block.substr(at);
    const size_t end = EndOfLine(source_.encoding, rest);
    const bool whole = end != std::string_view::npos || rest.size() >= Cutter::kHead ||
                       offset + block.size() >= end_;
    if (!whole && at > 0) return offset + at;  // its head is cut: once more, from there
    const std::string_view head = rest.substr(0, std::min({end, rest.size(), Cutter::kHead}));
    if (const auto dated = formats_.Date(ToUtf8(source_.encoding, head))) {
      *found = Point{offset + at, InstantOf(dated->stamp, near)};
      return offset + at;
    }
    if (end == std::string_view::npos) break;
    at += end;
  }
  *at_line = at >= block.size();
  return offset + block.size();
}

Timestamp LineProbe::InstantOf(const Stamp& stamp, Timestamp near) {
  const auto how = near == latest_ ? Timeline::Near::kLatest : Timeline::Near::kAround;
  const Instant instant = Timeline(zone_, near, how).Look(stamp);
  doubts_ |= instant.doubts;
  return instant.time;
}

uint64_t LineProbe::Align(uint64_t offset) const {
  if (WidthOf(source_.encoding) == 1) return offset;
  return offset + (offset - source_.begin) % 2;
}

// What a look from `at` would find, if one before it has passed there.
std::optional<std::pair<uint64_t, LineProbe::Answer>> LineProbe::Known(uint64_t at) const {
  auto next = known_.upper_bound(at);
  if (next == known_.begin()) return std::nullopt;
  const auto& [from, point] = *std::prev(next);
  if (point && point->offset < at) return std::nullopt;
  return std::pair(from, point);
}

}  // namespace casepack::records
