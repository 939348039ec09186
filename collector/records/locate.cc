#include "collector/records/locate.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

#include "collector/records/cutter.h"

namespace casepack::records {
namespace {

using base::Status;
using base::Timestamp;

constexpr uint64_t kSample = 32U << 10U;
constexpr size_t kBlock = 16U << 10U;
constexpr uint64_t kLeaf = 64U << 10U;  // not worth a further look
constexpr uint64_t kMostBack = 1U << 20U;
constexpr uint64_t kLooks = 32;  // spread evenly: so a clock that was set back shows
constexpr uint64_t kMostRead = 64U << 20U;
constexpr std::chrono::seconds kSlack(10);  // threads write in no strict order
constexpr std::chrono::hours kTwice(3);     // around an hour that came twice

struct Point {
  uint64_t offset = 0;
  Timestamp time{};
};

class Locator {
 public:
  Locator(const Source& source, FormatSet& formats, const Zone& zone, const Span& span)
      : source_(source),
        formats_(formats),
        zone_(zone),
        buffer_(kBlock, '\0'),
        end_(DataEnd(source)) {
    base::Duration slack = kSlack;
    const Timestamp from = std::max(span.from, Timestamp::min() + std::chrono::days(2));
    const Timestamp to = std::min(span.to, Timestamp::max() - std::chrono::days(2));
    const auto day = std::chrono::days(1);
    if (from > to - std::chrono::days(3700) && zone.ChangesBetween(from - day, to + day)) {
      slack = kTwice;
    }
    span_ = {from - slack, to + slack};
  }

  base::Result<Located> Run(const LocateOptions& options) {
    latest_ = options.near;
    ASSIGN_OR_RETURN(std::vector<Point> points, Look(options.near));
    if (points.empty()) return std::move(located_);
    located_.first = points.front().time;
    located_.last = points.back().time;
    const uint64_t start = source_.next_data(source_.begin);
    const uint64_t first = points.front().offset;
    if (options.carry && first > start && first - start <= kMostBack) {
      Take(start, points.front());
      located_.carried = true;
    }
    // In a small file that may reach the span a clock may have been set back and forth.
    if (end_ - start <= kLeaf && options.near + std::chrono::days(1) >= span_.from) {
      Take(located_.carried ? start : first, {end_, points.back().time}, points.front().time);
      return std::move(located_);
    }
    for (size_t i = 0; i + 1 < points.size(); ++i)
      RETURN_IF_ERROR(Refine(points[i], points[i + 1]));
    // The last record, or all behind the last stamp that could be found.
    const bool tail =
        tail_known_ ? span_.Contains(points.back().time) : points.back().time <= span_.to;
    if (tail) Take(points.back().offset, {end_, points.back().time});
    return std::move(located_);
  }

 private:
  // Where the last data end: a file may span far more than it holds.
  static uint64_t DataEnd(const Source& source) {
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

  // Points in the order of the file, from the end backwards: so a stretch without stamps
  // is passed once only, and years follow from the one that is known.
  base::Result<std::vector<Point>> Look(Timestamp near) {
    std::vector<Point> points;
    ASSIGN_OR_RETURN(const auto last, Last(near));
    tail_known_ = last.has_value();
    if (last) points.push_back(*last);
    const uint64_t length = end_ - std::min(source_.begin, end_);
    const uint64_t looks = length >= kLooks * kLeaf ? kLooks : 1 + length / (2 * kLeaf);
    for (uint64_t i = looks; i-- > 0;) {
      const uint64_t at = source_.begin + length / looks * i;
      const Timestamp next = points.empty() ? near : points.back().time;
      ASSIGN_OR_RETURN(const auto point, Probe(at, next));
      if (!point || (!points.empty() && point->offset >= points.back().offset)) continue;
      points.push_back(*point);
    }
    std::reverse(points.begin(), points.end());
    return points;
  }

  // The last line with a time, if it is near the end.
  base::Result<std::optional<Point>> Last(Timestamp near) {
    const uint64_t length = end_ - std::min(source_.begin, end_);
    std::string text;
    for (uint64_t back = kBlock; back <= kMostBack; back *= 8) {
      const uint64_t at = Align(end_ - std::min(back, length));
      text.resize(end_ - std::min(at, end_));
      ASSIGN_OR_RETURN(const size_t got, source_.read(at, text));
      located_.read += got;
      text.resize(got);
      const auto last = LastOf(text, at, near);
      if (last || back >= length) return last;
    }
    return std::optional<Point>();
  }

  std::optional<Point> LastOf(std::string_view text, uint64_t offset, Timestamp near) {
    std::optional<Point> last;
    size_t at = offset > source_.begin ? EndOfLine(source_.encoding, text) : 0;
    while (at < text.size()) {
      const std::string_view rest = text.substr(at);
      const size_t end = EndOfLine(source_.encoding, rest);
      const std::string_view head = rest.substr(0, std::min(end, Cutter::kHead));
      if (const auto dated = formats_.Date(ToUtf8(source_.encoding, head))) {
        const Timestamp next = last ? last->time : near;
        last = Point{offset + at, InstantOf(dated->stamp, next)};
      }
      at = end == std::string_view::npos ? end : at + end;
    }
    return last;
  }

  // The first line with a time that begins at `from` or behind it.
  base::Result<std::optional<Point>> Probe(uint64_t from, Timestamp near) {
    uint64_t at = Align(from);
    if (const auto known = Known(at)) return known->second;
    bool at_line = at <= source_.begin;
    if (!at_line) at -= WidthOf(source_.encoding);  // does one begin just there?
    std::optional<Point> found;
    while (at < end_ && !found && located_.read < kMostRead) {
      if (const auto known = Known(at); known && at > from) {
        found = known->second;
        break;
      }
      const uint64_t data = Align(source_.next_data(at));
      if (data > at) at_line = true;
      at = data;
      ASSIGN_OR_RETURN(const size_t got, source_.read(at, buffer_));
      if (got == 0) break;
      located_.read += got;
      at = Scan({buffer_.data(), got}, at, near, &at_line, &found);
    }
    known_[Align(from)] = found;
    return found;
  }

  // Through one block: returns where to go on.
  uint64_t Scan(std::string_view block, uint64_t offset, Timestamp near, bool* at_line,
                std::optional<Point>* found) {
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

  Timestamp InstantOf(const Stamp& stamp, Timestamp near) {
    const auto how = near == latest_ ? Timeline::Near::kLatest : Timeline::Near::kAround;
    const Instant instant = Timeline(zone_, near, how).Look(stamp);
    located_.doubts |= instant.doubts;
    return instant.time;
  }

  [[nodiscard]] uint64_t Align(uint64_t offset) const {
    if (WidthOf(source_.encoding) == 1) return offset;
    return offset + (offset - source_.begin) % 2;
  }

  // What a look from `at` would find, if one before it has passed there.
  [[nodiscard]] std::optional<std::pair<uint64_t, std::optional<Point>>> Known(uint64_t at) const {
    auto next = known_.upper_bound(at);
    if (next == known_.begin()) return std::nullopt;
    const auto& [from, point] = *std::prev(next);
    if (point && point->offset < at) return std::nullopt;
    return std::pair(from, point);
  }

  // Takes of the records between two points what may be in the span.
  Status Refine(const Point& low, const Point& high) {
    std::vector<std::pair<Point, Point>> stack{{low, high}};
    while (!stack.empty()) {
      const auto [from, to] = stack.back();
      stack.pop_back();
      const bool ordered = from.time <= to.time + kSlack;
      if (ordered && (to.time < span_.from || from.time > span_.to)) continue;
      const bool inside = ordered && from.time >= span_.from && to.time <= span_.to;
      std::optional<Point> middle;
      if (!inside && to.offset - from.offset > kLeaf) {
        ASSIGN_OR_RETURN(middle, Between(from, to));
      }
      if (middle) {
        stack.emplace_back(*middle, to);
        stack.emplace_back(from, *middle);
        continue;
      }
      if (from.time > to.time + kJump) ++located_.jumps;
      Take(from.offset, to, from.time);
    }
    return {};
  }

  // A point that parts the two, as far in the middle as lines with a time are.
  base::Result<std::optional<Point>> Between(const Point& from, const Point& to) {
    uint64_t length = to.offset - from.offset;
    while (length > kLeaf) {
      length /= 2;
      ASSIGN_OR_RETURN(const auto point, Probe(from.offset + length, from.time));
      if (point && point->offset > from.offset && point->offset < to.offset) return point;
    }
    return std::optional<Point>();
  }

  void Take(uint64_t begin, const Point& end) { Take(begin, end, end.time); }
  void Take(uint64_t begin, const Point& end, Timestamp near) {
    if (end.offset <= begin) return;
    auto& ranges = located_.ranges;
    if (!ranges.empty() && ranges.back().end == begin) {
      ranges.back().end = end.offset;
    } else {
      ranges.push_back({begin, end.offset, near});
    }
  }

  const Source& source_;
  FormatSet& formats_;
  const Zone& zone_;
  Span span_;
  std::string buffer_;
  const uint64_t end_;
  std::map<uint64_t, std::optional<Point>> known_;  // looked from there: found this
  bool tail_known_ = false;
  Timestamp latest_{};  // when the file was changed: no line is later
  Located located_;
};

}  // namespace

Status LearnFormats(const Source& source, Timestamp latest, FormatSet& formats) {
  const uint64_t length = source.size - std::min(source.begin, source.size);
  std::string sample;
  std::string buffer(kSample, '\0');
  for (const uint64_t at :
       {uint64_t{0}, length / 2, length - std::min<uint64_t>(length, kSample)}) {
    if (at > 0 && length <= kSample) break;
    uint64_t from = source.begin + at;
    from += at % WidthOf(source.encoding);
    from = source.next_data(from);
    ASSIGN_OR_RETURN(const size_t got, source.read(from, buffer));
    std::string_view text(buffer.data(), got);
    // Not with half a line: it could begin with a number.
    if (at > 0) {
      const size_t line = EndOfLine(source.encoding, text);
      text.remove_prefix(std::min(line, text.size()));
    }
    sample += ToUtf8(source.encoding, text);
    sample += '\n';
  }
  formats.Learn(sample, latest);
  return {};
}

base::Result<Located> Locate(const Source& source, FormatSet& formats, const Zone& zone,
                             const Span& span, const LocateOptions& options) {
  return Locator(source, formats, zone, span).Run(options);
}

}  // namespace casepack::records
