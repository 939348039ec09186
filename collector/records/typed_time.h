// Times and windows as people type them: `--error-time`, `--window`, `--time-zone`. In
// English and Japanese, with wide digits too. Pure functions, any thread.
#pragma once

#include <optional>
#include <string_view>

#include "collector/base/time.h"
#include "collector/records/zone.h"

namespace casepack::records {

// "2021-06-30T12:39:27+09:00" and whatever else a log may hold, "21/06/30 10:51", "6/30
// 12:39", "12:39" (the last time that it was so), "yesterday 12:39", "昨日 12:39",
// "午後0時39分", "-2h", "2 hours ago", "2時間前", "now". nullopt: none of them; a date without
// a time of the day is none, and a number without its unit neither.
std::optional<base::Timestamp> ParseTypedTime(std::string_view text, base::Timestamp now,
                                              const Zone& zone);

struct Around {  // neither is negative
  base::Duration before{};
  base::Duration after{};
};

// "2h", "2時間": as long before as after; "-2h", "+30m", "-2h/+30m", "-2h/30m". nullopt: none,
// or both nothing, or a number without its unit.
std::optional<Around> ParseAround(std::string_view text);

}  // namespace casepack::records
