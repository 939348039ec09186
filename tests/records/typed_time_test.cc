#include "collector/records/typed_time.h"

#include <gtest/gtest.h>

namespace casepack::records {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// In Tokyo it is 2026-11-23 01:30.
const base::Timestamp kNow = *base::ParseUtc("2026-11-22T16:30:00Z");

TEST(TypedTime, ReadsWhatPeopleType) {
  struct Case {
    const char* text;
    const char* utc;
  };
  constexpr Case kCases[] = {
      {"2021-06-30T12:39:27+09:00", "2021-06-30T03:39:27Z"},
      {"2021-06-30T12:39:27Z", "2021-06-30T12:39:27Z"},
      {"2021-06-30 12:39:27", "2021-06-30T03:39:27Z"},
      {"2021/06/30 12:39", "2021-06-30T03:39:00Z"},
      {"21/06/30 10:51", "2021-06-30T01:51:00Z"},
      {"2021年6月30日 10:51:05", "2021-06-30T01:51:05Z"},
      {"6/30 12:39", "2026-06-30T03:39:00Z"},
      {"6月30日 12:39", "2026-06-30T03:39:00Z"},
      {"Jun 30 12:39", "2026-06-30T03:39:00Z"},
      {"12/24 12:39", "2025-12-24T03:39:00Z"},
      {"01:20", "2026-11-22T16:20:00Z"},
      {"12:39", "2026-11-22T03:39:00Z"},  // not come yet today: yesterday's
      {"12:39:27", "2026-11-22T03:39:27Z"},
      {"3:39 PM", "2026-11-22T06:39:00Z"},
      {"午後0時39分", "2026-11-22T03:39:00Z"},
      {"１２：３９", "2026-11-22T03:39:00Z"},
      {"  12:39  ", "2026-11-22T03:39:00Z"},
      {"昨日 12:39", "2026-11-22T03:39:00Z"},
      {"昨日　１２：３９", "2026-11-22T03:39:00Z"},
      {"昨日の12:39", "2026-11-22T03:39:00Z"},
      {"今日 00:10", "2026-11-22T15:10:00Z"},
      {"今日 12:39", "2026-11-23T03:39:00Z"},  // as typed
      {"一昨日 12:39", "2026-11-21T03:39:00Z"},
      {"yesterday 12:39", "2026-11-22T03:39:00Z"},
      {"-2h", "2026-11-22T14:30:00Z"},
      {"-1h30m", "2026-11-22T15:00:00Z"},
      {"2h ago", "2026-11-22T14:30:00Z"},
      {"2時間前", "2026-11-22T14:30:00Z"},
      {"30分前", "2026-11-22T16:00:00Z"},
      {"3日前", "2026-11-19T16:30:00Z"},
      {"Yesterday 12:39", "2026-11-22T03:39:00Z"},
      {"2 hours ago", "2026-11-22T14:30:00Z"},
      {"90 min ago", "2026-11-22T15:00:00Z"},
      {"1 Day Ago", "2026-11-21T16:30:00Z"},
      {"2時間30分前", "2026-11-22T14:00:00Z"},
      {"2021年6月30日 10時51分", "2021-06-30T01:51:00Z"},
      {"2021年6月30日 10時", "2021-06-30T01:00:00Z"},
      {"2021年6月30日(水) 午後1:39", "2021-06-30T04:39:00Z"},
      {"6月30日 午後1時39分", "2026-06-30T04:39:00Z"},
      {"午後 1:39", "2026-11-22T04:39:00Z"},
      {"昨日の午後1時", "2026-11-22T04:00:00Z"},
      {"06-30 10:51", "2026-06-30T01:51:00Z"},
      {"21-06-30 10:51", "2021-06-30T01:51:00Z"},
      {"30.06.2021 10:51", "2021-06-30T01:51:00Z"},
      {"20210630 1051", "2021-06-30T01:51:00Z"},
      {"20210630T1051", "2021-06-30T01:51:00Z"},
      {"3pm", "2026-11-22T06:00:00Z"},
      {"12 AM", "2026-11-22T15:00:00Z"},
      {"午後3時半", "2026-11-22T06:30:00Z"},
      {"昨日の12時39分頃", "2026-11-22T03:39:00Z"},
      {"an hour ago", "2026-11-22T15:30:00Z"},
      {"22 Nov 2026 14:03", "2026-11-22T05:03:00Z"},
      {"22/10/2026 14:03", "2026-10-22T05:03:00Z"},
      {"7/7/2026 14:03", "2026-07-07T05:03:00Z"},
      {"2026-11-22 14:03-05:00", "2026-11-22T19:03:00Z"},
      {"−2h", "2026-11-22T14:30:00Z"},
      {"1:39 PM EST", "2026-11-21T18:39:00Z"},
      {"now", "2026-11-22T16:30:00Z"},
      {"1624938000", "2021-06-29T03:40:00Z"},
  };
  const auto zone = Zone::FromOffset("+09:00");
  for (const Case& c : kCases) {
    const auto time = ParseTypedTime(c.text, kNow, *zone);
    ASSERT_TRUE(time) << c.text;
    EXPECT_EQ(base::FormatUtc(*time), c.utc) << c.text;
  }
}

TEST(TypedTime, RefusesWhatIsNone) {
  for (const char* text : {"",
                           " ",
                           "soon",
                           "25:00",
                           "12:60",
                           "-",
                           "-2",
                           "昨日",
                           "yesterday",
                           "2021-02-30 10:00",
                           "2h",
                           "-999999d",
                           "2021-06-30 12:39:27 and",
                           "2021-06-30",
                           "6月30日",
                           "ago",
                           "2 ago",
                           "2 moons ago",
                           "hours ago",
                           "14:03-14:08",
                           "2026-11-22 14:03-14:08",
                           "10:00 - 10:30",
                           "06/07/2026 14:03",
                           "-1M",
                           "1M ago",
                           "14",
                           "\xEF\xBC",
                           "前"}) {
    const auto time = ParseTypedTime(text, kNow, Zone());
    EXPECT_FALSE(time) << text << " " << (time ? base::FormatUtc(*time) : "");
  }
  EXPECT_FALSE(ParseTypedTime(std::string(5000, '1'), kNow, Zone()));
}

TEST(TypedTime, ReadsWindows) {
  struct Case {
    const char* text;
    base::Duration before;
    base::Duration after;
  };
  const Case kCases[] = {{"2h", hours(2), hours(2)},
                         {"-2h/+30m", hours(2), minutes(30)},
                         {"+30m/-2h", hours(2), minutes(30)},
                         {"-2h", hours(2), minutes(0)},
                         {"+1h30m", minutes(0), minutes(90)},
                         {"－２ｈ／＋３０ｍ", hours(2), minutes(30)},
                         {"-2h/30m", hours(2), minutes(30)},
                         {"2時間", hours(2), hours(2)},
                         {"-2時間/+30分", hours(2), minutes(30)},
                         {"-2 hours/+30 Min", hours(2), minutes(30)}};
  for (const Case& c : kCases) {
    const auto around = ParseAround(c.text);
    ASSERT_TRUE(around) << c.text;
    EXPECT_EQ(around->before, c.before) << c.text;
    EXPECT_EQ(around->after, c.after) << c.text;
  }
  for (const char* text : {"", "/", "0", "-0h", "x", "2h/30m", "-2h/-3h", "+1h/+2h", "2h/+1h",
                           "99999d", "-2h/+30m/+1h", "2", "-2", "-2h/30", "+30m/2h"}) {
    EXPECT_FALSE(ParseAround(text)) << text;
  }
}

}  // namespace
}  // namespace casepack::records
