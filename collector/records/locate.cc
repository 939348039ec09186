#include "collector/records/locate.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "collector/records/cutter.h"
#include "collector/records/line_clock.h"
#include "collector/records/line_probe.h"

namespace casepack::records {
namespace {

using base::Status;
using base::Timestamp;

constexpr uint64_t kSample = 32U << 10U;
constexpr uint64_t kLeaf = 64U << 10U;  // not worth a further look
constexpr uint64_t kSmall = 4U << 20U;  // each line of it is looked at
constexpr uint64_t kMostCarried = 1U << 20U;
constexpr uint64_t kMoreSamples = 16;
constexpr uint64_t kLooks = 32;             // spread evenly: so a clock that was set back shows
constexpr std::chrono::seconds kSlack(10);  // threads write in no strict order
constexpr std::chrono::hours kTwice(3);     // around an hour that came twice

class Locator {
 public:
  Locator(const Source& source, FormatSet& formats, const Zone& zone, const Span& span,
          const LocateOptions& options)
      : source_(source),
        formats_(formats),
        zone_(zone),
        options_(options),
        probe_(source, formats, zone, options.near, options.most_read),
        end_(probe_.end()) {
    base::Duration slack = kSlack;
    const Timestamp from = std::max(span.from, Timestamp::min() + std::chrono::days(2));
    const Timestamp to = std::min(span.to, Timestamp::max() - std::chrono::days(2));
    const auto day = std::chrono::days(1);
    if (from > to - std::chrono::days(3700) && zone.ChangesBetween(from - day, to + day)) {
      slack = kTwice;
    }
    span_ = {from - slack, to + slack};
  }

  base::Result<Located> Run() {
    RETURN_IF_ERROR(Look());
    if (!points_.empty()) RETURN_IF_ERROR(Search());
    located_.read = probe_.read();
    located_.doubts = probe_.doubts();
    return std::move(located_);
  }

 private:
  // Points in the order of the file, from the end backwards: so a stretch without stamps
  // is passed once only, and years follow from the one that is known.
  Status Look() {
    ASSIGN_OR_RETURN(const auto last, probe_.Last());
    tail_known_ = last.has_value();
    if (last) points_.push_back(*last);
    const uint64_t length = end_ - std::min(source_.begin, end_);
    const uint64_t looks = length >= kLooks * kLeaf ? kLooks : 1 + length / (2 * kLeaf);
    for (uint64_t i = looks; i-- > 0;) {
      const uint64_t at = source_.begin + length / looks * i;
      const Timestamp next = points_.empty() ? options_.near : points_.back().time;
      ASSIGN_OR_RETURN(const auto point, probe_.FirstAt(at, next));
      head_known_ = !probe_.gave_up();
      if (!point || (!points_.empty() && point->offset >= points_.back().offset)) continue;
      points_.push_back(*point);
    }
    std::reverse(points_.begin(), points_.end());
    return {};
  }

  Status Search() {
    const Point& first = points_.front();
    located_.first = first.time;
    located_.last = points_.back().time;
    const uint64_t start = source_.next_data(source_.begin);
    // In a smaller file that may reach the span each line is looked at: a clock that was set
    // back and forth for some lines shows no otherwise, and that costs some milliseconds.
    if (end_ - start <= kSmall && options_.near + std::chrono::days(1) >= span_.from) {
      return LookAtAll(start);
    }
    RETURN_IF_ERROR(Refine(start));
    if (located_.ranges.empty()) return {};
    const size_t before = points_.size();
    RETURN_IF_ERROR(LookAround());
    if (points_.size() == before) return {};
    const std::vector<Range> seen = located_.ranges;
    const uint64_t jumps = located_.jumps;
    RETURN_IF_ERROR(Refine(start));
    located_.jumps = std::max(located_.jumps, jumps);
    Join(seen);
    return {};
  }

  // Other looks part the log elsewhere: two that show the same time may hide a jump between
  // them that others had shown.
  void Join(const std::vector<Range>& seen) {
    std::vector<Range> all = std::move(located_.ranges);
    all.insert(all.end(), seen.begin(), seen.end());
    std::sort(all.begin(), all.end(),
              [](const Range& a, const Range& b) { return a.begin < b.begin; });
    located_.ranges.clear();
    for (const Range& range : all) {
      if (located_.ranges.empty() || located_.ranges.back().end < range.begin) {
        located_.ranges.push_back(range);
      } else {
        located_.ranges.back().end = std::max(located_.ranges.back().end, range.end);
      }
    }
  }

  Status LookAtAll(uint64_t start) {
    std::string text(end_ - start, '\0');
    ASSIGN_OR_RETURN(const size_t got, source_.read(start, text));
    text.resize(got);
    TakeHead(start, points_.front());
    LineClock clock(formats_, Timeline(zone_, points_.front().time));
    Point kept;  // where lines of the span begin that were not taken yet
    bool keeping = false;
    size_t at = 0;
    while (at < text.size()) {
      const std::string_view rest = std::string_view(text).substr(at);
      const size_t line = std::min(EndOfLine(source_.encoding, rest), rest.size());
      const std::string_view head = rest.substr(0, std::min(line, Cutter::kHead));
      const std::string wide =
          source_.encoding == Encoding::kBytes ? "" : ToUtf8(source_.encoding, head);
      if (const auto instant = clock.Next(wide.empty() ? head : wide)) {
        located_.last = instant->time;
        const bool inside = span_.Contains(instant->time);
        if (inside && !keeping) kept = {start + at, instant->time};
        if (!inside && keeping) Take(kept.offset, {start + at, {}}, kept.time);
        keeping = inside;
      }
      at += line;
    }
    if (keeping) Take(kept.offset, {start + text.size(), {}}, kept.time);
    located_.jumps = clock.jumps();
    return {};
  }

  // A clock that was set back over the span shows near what was found: the same times come
  // again as far behind or before it. Of looks at twice the distance each time one at least
  // lies in between.
  Status LookAround() {
    const Range front = located_.ranges.front();
    const Range back = located_.ranges.back();
    std::vector<Point> more;
    const auto look = [&](uint64_t at, Timestamp near) -> Status {
      ASSIGN_OR_RETURN(const auto point, probe_.FirstAt(at, near));
      if (point) more.push_back(*point);
      return {};
    };
    for (uint64_t far = kLeaf; far < end_ - back.end; far *= 2)
      RETURN_IF_ERROR(look(back.end + far, back.near));
    for (uint64_t far = kLeaf; far < front.begin - source_.begin; far *= 2)
      RETURN_IF_ERROR(look(front.begin - far, front.near));
    for (const Point& point : more) {
      const auto next =
          std::lower_bound(points_.begin(), points_.end(), point,
                           [](const Point& a, const Point& b) { return a.offset < b.offset; });
      if (next == points_.end() || next->offset != point.offset) points_.insert(next, point);
    }
    return {};
  }

  Status Refine(uint64_t start) {
    located_.ranges.clear();
    located_.jumps = 0;
    TakeHead(start, points_.front());
    for (size_t i = 0; i + 1 < points_.size(); ++i)
      RETURN_IF_ERROR(Refine(points_[i], points_[i + 1]));
    // The last record, or all behind the last stamp that could be found.
    const Point& last = points_.back();
    if (tail_known_ ? span_.Contains(last.time) : last.time <= span_.to) {
      Take(last.offset, {end_, last.time});
    }
    return {};
  }

  // What stands before the first stamp; or before the first one that was found, where all
  // that comes before it would have to be read.
  void TakeHead(uint64_t start, const Point& first) {
    located_.carried = false;
    if (first.offset <= start) return;
    const bool carried = options_.carry && first.offset - start <= kMostCarried;
    if (!carried && (head_known_ || first.time < span_.from)) return;
    Take(start, first);
    located_.carried = carried;
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
      ASSIGN_OR_RETURN(const auto point, probe_.FirstAt(from.offset + length, from.time));
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
  const LocateOptions options_;
  Span span_;
  LineProbe probe_;
  const uint64_t end_;
  std::vector<Point> points_;  // in the order of the file
  bool head_known_ = false;    // no stamp stands before the first of them
  bool tail_known_ = false;    // nor behind the last
  Located located_;
};

// Whole lines of so much of it.
base::Result<std::string> Sample(const Source& source, uint64_t at, std::string& buffer) {
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
  return ToUtf8(source.encoding, text) + '\n';
}

}  // namespace

Status LearnFormats(const Source& source, Timestamp latest, FormatSet& formats) {
  const uint64_t length = source.size - std::min(source.begin, source.size);
  std::string text;
  std::string buffer(kSample, '\0');
  for (const uint64_t at :
       {uint64_t{0}, length / 2, length - std::min<uint64_t>(length, kSample)}) {
    if (at > 0 && length <= kSample) break;
    ASSIGN_OR_RETURN(const std::string sample, Sample(source, at, buffer));
    text += sample;
  }
  formats.Learn(text, latest);
  // A trace, or one giant line, may be in all three places.
  for (uint64_t i = 1; formats.empty() && length > kSample && i < kMoreSamples; ++i) {
    ASSIGN_OR_RETURN(const std::string sample, Sample(source, length / kMoreSamples * i, buffer));
    formats.Learn(sample, latest);
  }
  return {};
}

base::Result<Located> Locate(const Source& source, FormatSet& formats, const Zone& zone,
                             const Span& span, const LocateOptions& options) {
  return Locator(source, formats, zone, span, options).Run();
}

}  // namespace casepack::records
