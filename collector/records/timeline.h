// From stamps in the order of a file to instants: the year that is not there, the hour
// that came twice, the zone that is assumed. One thread at a time; the zone is lent to it.
#pragma once

#include <cstdint>
#include <optional>

#include "collector/base/time.h"
#include "collector/records/stamp.h"
#include "collector/records/window.h"
#include "collector/records/zone.h"

namespace casepack::records {

// What an instant rests on beside its text; bits.
enum Doubt : uint32_t {
  kNoDoubt = 0,
  kZoneAssumed = 1,
  kYearGuessed = 2,
  kHourTwice = 4,  // the clock was set back over it, and nothing tells which it is
  kClockBack = 8,  // a later line has an earlier time
};

struct Instant {
  base::Timestamp time{};
  uint32_t doubts = kNoDoubt;
};

// Files can claim to have been changed in any year: within those that stamps can have.
base::Timestamp Sane(base::Timestamp time);

class Timeline {
 public:
  // `near`: an instant from the file's neighbourhood (its time of change, say). A year that
  // is missing is the one that brings a stamp next to it, then next to the line before.
  // kLatest: nothing was written after it, so the first stamp is of the last year before.
  enum class Near : uint8_t { kAround, kLatest };
  Timeline(const Zone& zone, base::Timestamp near, Near how = Near::kAround)
      : zone_(&zone), near_(Sane(near)), how_(how) {}

  // Of a part of a log of which it is known that it is of this span: a first stamp whose hour
  // came twice is then the one that lies in it.
  void Expect(const Span& span) { expected_ = span; }

  Instant Next(const Stamp& stamp);
  // The same without remembering it.
  [[nodiscard]] Instant Look(const Stamp& stamp) const;

  // How often a line was more than a minute before the one before it.
  [[nodiscard]] uint64_t jumps() const { return jumps_; }

 private:
  [[nodiscard]] base::Timestamp WithYear(base::Timestamp clock) const;

  [[nodiscard]] Zone::Instants InstantsOf(base::Timestamp clock) const;
  Instant Resolve(const Stamp& stamp, bool* again) const;

  const Zone* zone_;
  base::Timestamp near_;
  Near how_;
  std::optional<base::Timestamp> last_;
  std::optional<Span> expected_;
  bool again_ = false;  // in the hour that came twice, for the second time
  uint64_t jumps_ = 0;
  mutable std::optional<std::chrono::sys_days> day_;
  mutable std::optional<std::chrono::seconds> day_offset_;
};

// More than this back is a clock that was set, less is threads that wrote at the same time.
constexpr std::chrono::minutes kJump(1);

}  // namespace casepack::records
