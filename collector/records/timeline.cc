#include "collector/records/timeline.h"

#include <algorithm>

namespace casepack::records {
namespace {

using base::Timestamp;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::year_month_day;

// Lines of several threads may stand in the wrong order by that.
constexpr std::chrono::minutes kJitter(5);
// What a file's time of change may lag behind its lines: zones, and clocks of other machines.
constexpr days kLag(2);

base::Duration Distance(Timestamp a, Timestamp b) { return a < b ? b - a : a - b; }

}  // namespace

base::Timestamp Sane(Timestamp time) {
  constexpr Timestamp kFirst{};                                               // 1970
  constexpr Timestamp kLast = Timestamp(std::chrono::hours(24 * 365) * 290);  // 2259
  return std::clamp(time, kFirst, kLast);
}

// Of three years the one next to what is known: so December follows January backwards, and
// January December forwards.
Timestamp Timeline::WithYear(Timestamp clock) const {
  const Timestamp near = last_.value_or(near_);
  const auto day = floor<days>(clock);
  const year_month_day date(day);
  const auto time = clock - day;
  const int middle = static_cast<int>(year_month_day(floor<days>(near)).year());
  Timestamp best = clock;
  bool any = false;
  for (int year = middle - 1; year <= middle + 1; ++year) {
    const year_month_day there(std::chrono::year(year), date.month(), date.day());
    if (!there.ok()) continue;  // February 29th
    const Timestamp time_there = std::chrono::sys_days(there) + time;
    if (any && how_ == Near::kLatest && !last_) {
      if (time_there <= near + kLag) best = time_there;
      continue;
    }
    if (any && Distance(time_there, near) >= Distance(best, near)) continue;
    best = time_there;
    any = true;
  }
  return best;
}

// Most days have one offset: what was found for one is kept.
Zone::Instants Timeline::InstantsOf(Timestamp clock) const {
  const auto day = floor<days>(clock);
  if (day != day_) {
    day_ = day;
    const Timestamp begin = day - std::chrono::hours(26);
    const std::chrono::seconds offset = zone_->OffsetAt(begin);
    const bool one = offset == zone_->OffsetAt(begin + days(1)) &&
                     offset == zone_->OffsetAt(begin + days(2)) &&
                     offset == zone_->OffsetAt(begin + days(3));
    day_offset_ = one ? std::optional(offset) : std::nullopt;
  }
  if (day_offset_) return {clock - *day_offset_, clock - *day_offset_};
  return zone_->InstantsOf(clock);
}

Instant Timeline::Resolve(const Stamp& stamp, bool* again) const {
  Instant instant;
  const Timestamp clock = stamp.has_year ? stamp.clock : WithYear(stamp.clock);
  if (!stamp.has_year) instant.doubts |= kYearGuessed;
  if (stamp.offset) {
    instant.time = clock - *stamp.offset;
  } else {
    instant.doubts |= kZoneAssumed;
    const Zone::Instants instants = InstantsOf(clock);
    const bool twice = instants.earlier != instants.later;
    // The first time round, unless that would be before what has been.
    *again = twice && last_ && (again_ || instants.earlier + kJitter < *last_);
    if (twice && !last_ && expected_) {
      *again = !expected_->Contains(instants.earlier) && expected_->Contains(instants.later);
    }
    instant.time = *again ? instants.later : instants.earlier;
    if (twice && !last_) instant.doubts |= kHourTwice;
  }
  if (last_ && instant.time + kJump < *last_) instant.doubts |= kClockBack;
  return instant;
}

Instant Timeline::Look(const Stamp& stamp) const {
  bool again = again_;
  return Resolve(stamp, &again);
}

Instant Timeline::Next(const Stamp& stamp) {
  const Instant instant = Resolve(stamp, &again_);
  if ((instant.doubts & kClockBack) != 0) ++jumps_;
  last_ = instant.time;
  return instant;
}

}  // namespace casepack::records
