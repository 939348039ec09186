// The TZ text of POSIX (the footer of a TZif file, RFC 8536 3.3): an offset, perhaps a
// summer time and the days on which the clocks change. Values.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace casepack::records {

struct PosixZone {
  struct Day {
    enum class How { kMonthWeekDay, kJulian, kDayOfYear };
    How how = How::kMonthWeekDay;
    int month = 1;
    int week = 1;        // 5: the last
    int day = 0;         // of the week from Sunday, or of the year
    int seconds = 7200;  // of the day; may be negative or over a day (RFC 8536)
  };

  std::chrono::seconds standard{};  // east of UTC
  std::optional<std::chrono::seconds> summer;
  Day begins;
  Day ends;

  [[nodiscard]] std::chrono::seconds OffsetAt(int64_t utc_seconds) const;
};

std::optional<PosixZone> ParsePosixZone(std::string_view text);

}  // namespace casepack::records
