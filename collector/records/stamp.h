// A time as it stands in a text, and the parser that reads it by a layout. No regular
// expression, no allocation, no locale. Pure functions, any thread.
//
// A layout is text in which % begins a code:
//   %Y 2026        %y 26 (70-99: 19xx)   %m %d %H one or two digits   %M %S two digits
//   %D 20261122    %h 100203  %t 1002     %s ":03" or nothing          %b Nov, November
//   %a Sun, Sunday %f .5 ,123 :746 or nothing                         %p AM PM 午前 午後 or nothing
//   %z a zone or nothing: Z +09:00 +0900 +09 [+0900] UTC JST          %T T, blanks or _
//   %E seconds, ms, µs or ns since 1970  %[ a [ or nothing            %< <34> or nothing
//   %> %( as far as behind the first [ ( %w a word such as "INFO" before a number
//   %k as far as the value of a JSON member that is named as times are
//   %1 年  %2 月  %3 日 (and a day of the week)  %4 時  %5 51分  %6 05秒 or nothing; in UTF-8,
//   CP932 or EUC-JP, blanks behind them or not
// A blank is one or more; anything else is itself.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "collector/base/time.h"

namespace casepack::records {

struct Stamp {
  // What the writer's clock showed, as if its zone were UTC. Less `offset`, if the text
  // tells one, it is the instant.
  base::Timestamp clock{};
  std::optional<std::chrono::seconds> offset;  // east of UTC
  bool has_year = true;                        // else `clock` is in a leap year: kNoYear
  size_t end = 0;                              // bytes of the text up to behind the stamp
};

constexpr int kNoYear = 2000;

// At the beginning of the text. nullopt when it does not stand there, or is no time
// (February 30th, 25:00, a year before 1970 or after 2261).
std::optional<Stamp> ReadStamp(std::string_view layout, std::string_view text);

}  // namespace casepack::records
