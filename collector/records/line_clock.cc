#include "collector/records/line_clock.h"

namespace casepack::records {

std::optional<Instant> LineClock::Next(std::string_view head) {
  auto dated = formats_.Date(head);
  if (!dated && !formats_.full() && last_) {
    dated = formats_.Consider(head, [&](const Stamp& stamp) {
      const base::Timestamp time = timeline_.Look(stamp).time;
      return time + kJump > *last_ && time < *last_ + std::chrono::days(1);
    });
  }
  if (!dated) return std::nullopt;
  const Instant instant = timeline_.Next(dated->stamp);
  last_ = instant.time;
  return instant;
}

}  // namespace casepack::records
