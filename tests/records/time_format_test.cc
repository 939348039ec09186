#include "collector/records/time_format.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace casepack::records {
namespace {

struct Case {
  const char* line;
  const char* format;
  const char* clock;           // as if in UTC
  int nanoseconds;             // of the second
  int offset_minutes;          // kNone: the text tells none
  const char* rest = nullptr;  // behind the stamp, where that matters
};
constexpr int kNone = 10'000;

constexpr Case kLines[] = {
    // ds_agent.log, with and without its offset
    {"2025-07-26 14:34:47.505346 [+0100]: [Cmd/5] | Received", "iso8601", "2025-07-26T14:34:47Z",
     505346000, 60, ": [Cmd/5] | Received"},
    {"2018-06-25 17:52:14.000000: [Error/1] | CHTTPServer", "iso8601", "2018-06-25T17:52:14Z", 0,
     kNone, ": [Error/1] | CHTTPServer"},
    // ds_am.log, ds_am-icrc.log, AMSP's install log
    {"2025-08-12 00:00:14.778069: [ds_am/4] | [COMPONENT]", "iso8601", "2025-08-12T00:00:14Z",
     778069000, kNone},
    {"2025/05/03 06:47:22:746 +0000 [11038:1399] [ WARN]", "slashes", "2025-05-03T06:47:22Z",
     746000000, 0, " [11038:1399] [ WARN]"},
    {"2024/11/14 11:42:50.139,[07124:06044],[INFO]", "slashes", "2024-11-14T11:42:50Z", 139000000,
     kNone, ",[07124:06044],[INFO]"},
    // ISO 8601, RFC 3339
    {"2026-11-22T10:02:03Z x", "iso8601", "2026-11-22T10:02:03Z", 0, 0},
    {"2026-11-22t10:02:03z", "iso8601", "2026-11-22T10:02:03Z", 0, 0},
    {"2026-11-22T10:02:03,123456+00:00 kernel", "iso8601", "2026-11-22T10:02:03Z", 123456000, 0},
    {"2026-11-22T10:02:03.1-03:30", "iso8601", "2026-11-22T10:02:03Z", 100000000, -210},
    {"2026-11-22T10:02:03+09", "iso8601", "2026-11-22T10:02:03Z", 0, 540},
    {"2026-11-22 10:02:03 +0900 x", "iso8601", "2026-11-22T10:02:03Z", 0, 540},
    {"2026-11-22 10:02:03 -12 items", "iso8601", "2026-11-22T10:02:03Z", 0, kNone, " -12 items"},
    {"2026-11-22 10:02:03.123 JST [77] LOG:", "iso8601", "2026-11-22T10:02:03Z", 123000000, 540},
    {"2026-11-22 10:02:03 UTC=1 x", "iso8601", "2026-11-22T10:02:03Z", 0, kNone, " UTC=1 x"},
    {"2026-11-22 10:02:03 utc x", "iso8601", "2026-11-22T10:02:03Z", 0, kNone, " utc x"},
    {"2026-11-22 10:02:03 GMT-based x", "iso8601", "2026-11-22T10:02:03Z", 0, kNone,
     " GMT-based x"},
    {"2026-11-22 10:02:03 GMT+09:00 x", "iso8601", "2026-11-22T10:02:03Z", 0, 540, " x"},
    {"2026-11-22 10:02:03 -1200 items", "iso8601", "2026-11-22T10:02:03Z", 0, kNone,
     " -1200 items"},
    {"2026-11-22 10:02:03 EST x", "iso8601", "2026-11-22T10:02:03Z", 0, -300, " x"},
    {"2026-11-22 10:02:03 CST x", "iso8601", "2026-11-22T10:02:03Z", 0, kNone, " x"},
    {"2026-11-22 10:02:03 utcp", "iso8601", "2026-11-22T10:02:03Z", 0, kNone, " utcp"},
    {"2026-11-22 10:02:03.1234567891 x", "iso8601", "2026-11-22T10:02:03Z", 123456789, kNone, " x"},
    {"2026-12-31 23:59:60 x", "iso8601", "2027-01-01T00:00:00Z", 0, kNone},
    {"[2026-11-22 10:02] x", "iso8601", "2026-11-22T10:02:00Z", 0, kNone, "] x"},
    {"2026-11-22_10:02:03 x", "iso8601", "2026-11-22T10:02:03Z", 0, kNone},
    {"20211130T103145Z x", "iso8601_basic", "2021-11-30T10:31:45Z", 0, 0},
    {"2024-02-29 00:00:00, Info CBS TI:", "iso8601", "2024-02-29T00:00:00Z", 0, kNone,
     ", Info CBS TI:"},
    {"2026-11-22 10:02:03 status installed", "iso8601", "2026-11-22T10:02:03Z", 0, kNone},
    // syslog
    {"<165>1 2003-10-11T22:14:15.003Z m", "rfc5424", "2003-10-11T22:14:15Z", 3000000, 0},
    {"<34>Oct 11 22:14:15 mymachine su:", "rfc3164", "2000-10-11T22:14:15Z", 0, kNone},
    {"Nov  2 10:02:03 host app[1]:", "rfc3164", "2000-11-02T10:02:03Z", 0, kNone},
    {"Feb 29 10:02:03 host app[1]:", "rfc3164", "2000-02-29T10:02:03Z", 0, kNone},
    // Java, Apache, nginx
    {"Nov 22, 2026 1:02:03 PM com.example.Main run", "java_util", "2026-11-22T13:02:03Z", 0, kNone},
    {"Nov 22, 2026 12:02:03 AM com.example", "java_util", "2026-11-22T00:02:03Z", 0, kNone},
    {"Nov 22, 2026, 1:02:03\xE2\x80\xAFPM com.example", "java_util_comma", "2026-11-22T13:02:03Z",
     0, kNone},
    {"22-Nov-2026 10:02:03.123 INFO [main]", "day_month_dash", "2026-11-22T10:02:03Z", 123000000,
     kNone},
    {"22 Nov 2026 10:02:03,123 INFO", "day_month", "2026-11-22T10:02:03Z", 123000000, kNone},
    {"INFO  2026-11-22 10:02:03,123 [main]", "level_first", "2026-11-22T10:02:03Z", 123000000,
     kNone},
    {"192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /\"", "access_log", "2000-10-10T13:55:36Z",
     0, -420},
    {"[Wed Oct 11 14:32:52.123456 2000] [core:error]", "ctime", "2000-10-11T14:32:52Z", 123456000,
     kNone},
    {"Wed Oct 11 14:32:52 JST 2000", "ctime_zone", "2000-10-11T14:32:52Z", 0, 540},
    {"2000/10/11 14:32:52 [error] 1#1: *1", "slashes", "2000-10-11T14:32:52Z", 0, kNone},
    {"Tue, 10 Oct 2000 13:55:36 GMT", "rfc5322", "2000-10-10T13:55:36Z", 0, 0},
    // Japanese
    {"2021年6月30日 10:51:05 x", "japanese", "2021-06-30T10:51:05Z", 0, kNone},
    {"2021年06月30日 午後0:51:05", "japanese", "2021-06-30T12:51:05Z", 0, kNone},
    {"2021年6月30日10:51:05", "japanese", "2021-06-30T10:51:05Z", 0, kNone},
    {"2021年6月30日 10時51分05秒", "japanese_long", "2021-06-30T10:51:05Z", 0, kNone},
    {"2021年6月30日10時51分", "japanese_long", "2021-06-30T10:51:00Z", 0, kNone},
    {"2021年6月30日 午後1時5分9秒 x", "japanese_long", "2021-06-30T13:05:09Z", 0, kNone, " x"},
    {"2021年6月30日(水) 10:51:05 x", "japanese", "2021-06-30T10:51:05Z", 0, kNone, " x"},
    {"2021年 6月 30日 水曜日 10:51:05 JST", "japanese", "2021-06-30T10:51:05Z", 0, 540},
    {"2021\x94N6\x8C\x8E"
     "30\x93\xFA 10:51:05",
     "japanese", "2021-06-30T10:51:05Z", 0, kNone},
    {"2021\x94N6\x8C\x8E"
     "30\x93\xFA \x8C\xDF\x8C\xE3 1:51:05 x",
     "japanese", "2021-06-30T13:51:05Z", 0, kNone, " x"},
    {"2021\x94N6\x8C\x8E"
     "30\x93\xFA 10\x8E\x9E"
     "51\x95\xAA"
     "05\x95\x62 x",
     "japanese_long", "2021-06-30T10:51:05Z", 0, kNone, " x"},
    {"2021\xC7\xAF"
     "6\xB7\xEE"
     "30\xC6\xFC 10:51:05",
     "japanese", "2021-06-30T10:51:05Z", 0, kNone},
    {"11月 22, 2026 1:02:03 午後 com.example.Main run", "java_util_japanese",
     "2026-11-22T13:02:03Z", 0, kNone, " com.example.Main run"},
    {"11 22, 2026 1:02:03 午後 com.example.Main run", "java_util_number", "2026-11-22T13:02:03Z", 0,
     kNone, " com.example.Main run"},
    {"22-11月-2026 10:02:03.123 情報 [main]", "day_month_japanese", "2026-11-22T10:02:03Z",
     123000000, kNone, " 情報 [main]"},
    // A manager's events
    {"May 13, 2025 10:11:48", "java_util", "2025-05-13T10:11:48Z", 0, kNone},
    {"January 2, 2006 3:04:05 PM", "java_util", "2006-01-02T15:04:05Z", 0, kNone},
    {"Sept 2, 2006 3:04:05 PM", nullptr, "", 0, kNone},
    {"21/06/30 10:51", "short_slashes", "2021-06-30T10:51:00Z", 0, kNone},
    {"06/30/2021 10:51:05 AM", "american", "2021-06-30T10:51:05Z", 0, kNone},
    {"30.06.2021 10:51:05 x", "dots", "2021-06-30T10:51:05Z", 0, kNone},
    {"210630 10:51:05 [Note]", "short_basic", "2021-06-30T10:51:05Z", 0, kNone},
    // Numbers
    {"1700000000 x", "epoch", "2023-11-14T22:13:20Z", 0, 0},
    {"1700000000.5 x", "epoch", "2023-11-14T22:13:20Z", 500000000, 0},
    {"[1700000000123] x", "epoch", "2023-11-14T22:13:20Z", 123000000, 0},
    {"1700000000123456 x", "epoch", "2023-11-14T22:13:20Z", 123456000, 0},
    {"Start-Date: 2026-11-22  10:02:03", "level_first", "2026-11-22T10:02:03Z", 0, kNone},
    {"type=SYSCALL msg=audit(1364481363.243:24287): a", "audit", "2013-03-28T14:36:03Z", 243000000,
     0},
    {"{\"level\":\"info\",\"time\": \"2026-11-22T10:02:03Z\"}", "json", "2026-11-22T10:02:03Z", 0,
     0},
    {"{\"ts\":1700000000.5}", "json_epoch", "2023-11-14T22:13:20Z", 500000000, 0},
    // No times
    {"11 22, 2026 in words", nullptr, "", 0, kNone},
    {"2021年6月30日 10時", nullptr, "", 0, kNone},
    {"2026-02-29 10:02:03", nullptr, "", 0, kNone},
    {"2026-13-01 10:02:03", nullptr, "", 0, kNone},
    {"2026-11-22 24:02:03", nullptr, "", 0, kNone},
    {"2026-11-22 10:60:03", nullptr, "", 0, kNone},
    {"2026-11-22 10:02:61", nullptr, "", 0, kNone},
    {"Feb 30 10:02:03", nullptr, "", 0, kNone},
    {"Nov 22, 2026 13:02:03 PM", nullptr, "", 0, kNone},
    {"0000-11-22 10:02:03", nullptr, "", 0, kNone},
    {"9999-11-22 10:02:03", nullptr, "", 0, kNone},
    {"1969-11-22 10:02:03", nullptr, "", 0, kNone},
    {"\tat com.example.Main.run(Main.java:2026)", nullptr, "", 0, kNone},
    {"170000000 x", nullptr, "", 0, kNone},
    {"9700000000 x", nullptr, "", 0, kNone},
    {"99999999999999999999999", nullptr, "", 0, kNone},
    {"<9999>Oct 11 22:14:15", nullptr, "", 0, kNone},
    {"Octopus 11 22:14:15", nullptr, "", 0, kNone},
    {"", nullptr, "", 0, kNone},
    {"2", nullptr, "", 0, kNone},
    {"[", nullptr, "", 0, kNone},
};

TEST(TimeFormat, ReadsTheLinesThatLogsHave) {
  for (const Case& c : kLines) {
    SCOPED_TRACE(c.line);
    const auto dated = DateOfLine(c.line);
    ASSERT_EQ(dated.has_value(), c.format != nullptr) << (dated ? dated->format->name : "none");
    if (!dated) continue;
    EXPECT_EQ(dated->format->name, c.format);
    EXPECT_EQ(base::FormatUtc(dated->stamp.clock), c.clock);
    EXPECT_EQ((dated->stamp.clock.time_since_epoch() % std::chrono::seconds(1)).count(),
              c.nanoseconds);
    EXPECT_EQ(dated->stamp.offset ? dated->stamp.offset->count() / 60 : kNone, c.offset_minutes);
    if (c.rest != nullptr) {
      EXPECT_EQ(std::string(c.line).substr(dated->stamp.end), c.rest);
    }
    EXPECT_EQ(dated->stamp.has_year, dated->format->name != std::string("rfc3164"));
  }
}

// Each format has a line above, or nobody knows what it is for.
TEST(TimeFormat, HasALineForEachFormat) {
  std::set<std::string_view> seen;
  for (const Case& c : kLines) {
    if (const auto dated = DateOfLine(c.line)) seen.insert(dated->format->name);
  }
  for (const TimeFormat& format : TimeFormats())
    EXPECT_TRUE(seen.count(format.name) > 0) << format.name;
}

TEST(TimeFormat, HasNamesOnce) {
  std::set<std::string_view> names;
  for (const TimeFormat& format : TimeFormats()) {
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_EQ(FindTimeFormat(format.name), &format);
  }
  EXPECT_EQ(FindTimeFormat("nonesuch"), nullptr);
}

// Whatever is cut off a line: a shorter stamp or none, and never a byte behind its end.
TEST(TimeFormat, ReadsCutLinesWithinTheirEnd) {
  for (const Case& c : kLines) {
    const std::string line = c.line;
    for (size_t length = 0; length <= line.size(); ++length) {
      const std::string cut = line.substr(0, length);
      const auto dated = DateOfLine(cut);
      EXPECT_LE(dated ? dated->stamp.end : 0, length) << cut;
    }
  }
}

TEST(TimeFormat, ReadsWholeFields) {
  EXPECT_TRUE(DateOfField("May 13, 2025 10:11:48"));
  EXPECT_TRUE(DateOfField("2021-06-30 12:39:27"));
  EXPECT_TRUE(DateOfField("2021年6月30日10時51分05秒"));
  EXPECT_FALSE(DateOfField("2021-06-30 12:39:27 and more"));
  EXPECT_FALSE(DateOfField(""));
}

}  // namespace
}  // namespace casepack::records
