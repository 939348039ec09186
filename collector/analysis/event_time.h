// The times that events carry, in the forms of both languages. Pure, any thread.
//
// One function, so that another reader of times can take its place.
#pragma once

#include <optional>
#include <string_view>

#include "collector/base/time.h"

namespace casepack::analysis {

struct EventTime {
  base::Timestamp instant;  // as if the clock had been UTC where the zone is not known
  bool zone_known = false;

  bool operator==(const EventTime&) const = default;
};

// The whole text, blanks aside, is a time:
//   May 13, 2025 10:11:48 [PM]     long or short English months
//   13 May 2025 10:11:48           also with dashes
//   2021-06-30 12:39:27.123456     ISO 8601; also "/" or "." and "T"
//   21/06/30 10:51                 year first, as the Japanese console writes it
//   5/13/25, 10:11:48 AM           month first: with AM or PM only
//   13/05/2025 10:11               when only one of day and month can be the day
//   2025年5月13日 午前10時11分48秒
//   1747120455[.5], 1747120455000  Unix seconds, and milliseconds
// and behind a time of day a zone: Z, UTC, GMT, JST, +09:00, [+0900], GMT+9.
// nullopt for anything else, for a day that no calendar has, and where day and month
// could be either; never a guess. A zone name that is not one of these is not known.
std::optional<EventTime> ParseEventTime(std::string_view text);

}  // namespace casepack::analysis
