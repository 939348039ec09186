#include "collector/analysis/event_time.h"

#include <gtest/gtest.h>

#include <string>

namespace casepack::analysis {
namespace {

// "2025-05-13T10:11:48Z", "... clock" where the zone is not known, "none".
std::string Shown(std::string_view text) {
  const auto time = ParseEventTime(text);
  if (!time) return "none";
  return base::FormatUtc(time->instant) + (time->zone_known ? "" : " clock");
}

struct Case {
  std::string_view text;
  std::string_view shown;
};

TEST(EventTime, ReadsTheFormsOfBothLanguages) {
  constexpr Case kCases[] = {
      {"May 13, 2025 10:11:48", "2025-05-13T10:11:48Z clock"},
      {"May 13, 2025 10:11:48 PM", "2025-05-13T22:11:48Z clock"},
      {"January 2, 2006 15:04:05 PM", "2006-01-02T15:04:05Z clock"},
      {"January 2, 2006, 03:04:05\u202fa.m.", "2006-01-02T03:04:05Z clock"},
      {"Sept. 3, 2024 12:00:00 AM", "2024-09-03T00:00:00Z clock"},
      {"13 May 2025 10:11:48", "2025-05-13T10:11:48Z clock"},
      {"13-May-2025 10:11:48", "2025-05-13T10:11:48Z clock"},
      {"2021-06-30 12:39:27", "2021-06-30T12:39:27Z clock"},
      {"2021/06/30 12:39", "2021-06-30T12:39:00Z clock"},
      {"21/06/30 10:51", "2021-06-30T10:51:00Z clock"},
      {"13.05.2025 10:11:48", "2025-05-13T10:11:48Z clock"},
      {"5/13/25, 10:11:48 AM", "2025-05-13T10:11:48Z clock"},
      {"5/6/2025 10:11:48 PM", "2025-05-06T22:11:48Z clock"},
      {"5/13/2025 10:11", "2025-05-13T10:11:00Z clock"},
      {"13/05/2025 10:11", "2025-05-13T10:11:00Z clock"},
      {"2025年5月13日 10時11分48秒", "2025-05-13T10:11:48Z clock"},
      {"2025年5月13日 午後0時11分48秒", "2025-05-13T12:11:48Z clock"},
      {"2025年5月13日　午前10:11:48", "2025-05-13T10:11:48Z clock"},
      {" \u00a02021-06-30 12:39:27\r\n", "2021-06-30T12:39:27Z clock"},
      {"2016-12-31 23:59:60", "2017-01-01T00:00:00Z clock"},
  };
  for (const Case& c : kCases)
    EXPECT_EQ(Shown(c.text), c.shown) << c.text;
}

TEST(EventTime, KnowsItsZoneWhenItIsWritten) {
  constexpr Case kCases[] = {
      {"2025-07-26 14:34:47.505346 [+0100]", "2025-07-26T13:34:47Z"},
      {"2025-05-13 10:14:16.104893 [+0200]", "2025-05-13T08:14:16Z"},
      {"2025/05/03 06:47:22:746 +0000", "2025-05-03T06:47:22Z"},
      {"2018-12-04T15:54:24.086Z", "2018-12-04T15:54:24Z"},
      {"2018-12-04T15:54:24+09:00", "2018-12-04T06:54:24Z"},
      {"2018-12-04T15:54:24-03:30", "2018-12-04T19:24:24Z"},
      {"Jun 30, 2021 12:39:27 JST", "2021-06-30T03:39:27Z"},
      {"Jun 30, 2021 12:39:27 GMT+9", "2021-06-30T03:39:27Z"},
      {"Jun 30, 2021 12:39:27 PM UTC", "2021-06-30T12:39:27Z"},
      // Chicago or Shanghai: only what the clock showed.
      {"Jun 30, 2021 12:39:27 CST", "2021-06-30T12:39:27Z clock"},
      {"1747120455", "2025-05-13T07:14:15Z"},
      {"1747120455000", "2025-05-13T07:14:15Z"},
      {"1747120455.25", "2025-05-13T07:14:15Z"},
  };
  for (const Case& c : kCases)
    EXPECT_EQ(Shown(c.text), c.shown) << c.text;
}

TEST(EventTime, KeepsFractions) {
  const auto time = ParseEventTime("2018-06-25 17:52:14.742209");
  const auto whole = ParseEventTime("2018-06-25 17:52:14");
  ASSERT_TRUE(time && whole);
  EXPECT_EQ(time->instant - whole->instant, std::chrono::microseconds(742209));
  EXPECT_EQ(ParseEventTime("1747120455250")->instant, ParseEventTime("1747120455.25")->instant);
}

TEST(EventTime, GuessesNothing) {
  constexpr std::string_view kNone[] = {
      "",
      "yesterday",
      "May 13 10:11:48",      // syslog's, without a year
      "05/06/2025 10:11:48",  // the fifth of June or the sixth of May
      "2025-02-29 10:00:00",  // no such day
      "2025-13-01 10:00:00",
      "2025-05-13 24:00:00",
      "2025-05-13 10:60:00",
      "2025-05-13 13:00:00 AM",
      "2025-05-13",
      "2025-05-13 10:11:48 behind",
      "2025-05-13 10:11:48 [+0100",
      "2025-05-13 10:11:48 +2500",
      "1969-12-31 00:00:00",
      "2200-01-01 00:00:00",
      "Mayor 13, 2025 10:11:48",
      "9999999999",
      "9999999999999",
      "174712045",
      "99999999999999999999-01-01 00:00:00",
      "2025-05-13 10:11:48.1234567890",
      "740",
  };
  for (const std::string_view text : kNone)
    EXPECT_EQ(Shown(text), "none") << text;
}

}  // namespace
}  // namespace casepack::analysis
