#include "collector/records/locate.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/records/log_text.h"

namespace casepack::records {
namespace {

using base::Timestamp;
using std::chrono::minutes;
using std::chrono::seconds;
using tests::At;

struct Found {
  std::string text;
  Located located;
};

// By looking at few lines, and then only through what they name.
Found Part(const std::string& text, const Zone& zone, const Span& span, Timestamp near,
           Encoding encoding = Encoding::kBytes, uint64_t most_read = 64U << 20U) {
  Found found;
  const Source source = tests::SourceOf(text, encoding);
  FormatSet formats;
  EXPECT_TRUE(LearnFormats(source, near + std::chrono::days(1), formats).ok());
  auto located =
      Locate(source, formats, zone, span, {.near = near, .carry = false, .most_read = most_read});
  EXPECT_TRUE(located);
  found.located = *located;
  for (const Range& range : located->ranges) {
    found.text += tests::Cut(text.substr(range.begin, range.end - range.begin), encoding, formats,
                             zone, span, range.near, 4096);
  }
  return found;
}

std::string Whole(const std::string& text, const Zone& zone, const Span& span, Timestamp near,
                  Encoding encoding = Encoding::kBytes) {
  FormatSet formats;
  const Source source = tests::SourceOf(text, encoding);
  EXPECT_TRUE(LearnFormats(source, near + std::chrono::days(1), formats).ok());
  return tests::Cut(text, encoding, formats, zone, span, near, 1U << 20U);
}

std::string Syslog(Timestamp time, int number) {
  static const char* const kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string iso = base::FormatUtc(time);
  std::string day = iso.substr(8, 2);
  if (day[0] == '0') day[0] = ' ';
  return std::string(kMonths[std::stoi(iso.substr(5, 2)) - 1]) + " " + day + " " +
         iso.substr(11, 8) + " host app[1]: line " + std::to_string(number) + "\n";
}

TEST(Locate, FindsTheWindowOfALargeLog) {
  const Timestamp start = At("2026-11-22T00:00:00Z");
  std::string log;
  for (int i = 0; i < 400'000; ++i) {
    log += base::FormatUtc(start + i * std::chrono::milliseconds(200)) + " line " +
           std::to_string(i) + " of a log that is long enough to be worth a look\n";
  }
  const Span span{At("2026-11-22T14:03:00Z"), At("2026-11-22T14:08:00Z")};
  const Found found = Part(log, Zone(), span, At("2026-11-23T00:00:00Z"));
  EXPECT_EQ(found.text, Whole(log, Zone(), span, At("2026-11-23T00:00:00Z")));
  EXPECT_GT(found.text.size(), 100'000U);
  EXPECT_LT(found.located.read, 1'500'000U);
  ASSERT_EQ(found.located.ranges.size(), 1U);
  EXPECT_LT(found.located.ranges[0].end - found.located.ranges[0].begin,
            found.text.size() + 300'000);
  EXPECT_EQ(*found.located.first, start);
  EXPECT_EQ(base::FormatUtc(*found.located.last), "2026-11-22T22:13:19Z");
}

TEST(Locate, FindsTheYearOverNewYear) {
  std::string log;
  const Timestamp start = At("2025-12-20T00:00:00Z");
  for (int i = 0; i < 60'000; ++i)
    log += Syslog(start + i * minutes(1), i);
  const Timestamp changed = start + 60'000 * minutes(1);
  for (const Span& span : {Span{At("2025-12-31T23:00:00Z"), At("2026-01-01T01:00:00Z")},
                           Span{At("2026-01-10T00:00:00Z"), At("2026-01-10T01:00:00Z")},
                           Span{At("2024-12-31T23:00:00Z"), At("2025-12-01T00:00:00Z")}}) {
    const Found found = Part(log, Zone(), span, changed);
    std::string expected;
    for (int i = 0; i < 60'000; ++i) {
      if (span.Contains(start + i * minutes(1))) expected += Syslog(start + i * minutes(1), i);
    }
    EXPECT_EQ(found.text, expected);
  }
}

TEST(Locate, TakesBothSidesOfAClockThatWasSetBack) {
  std::string log;
  Timestamp time = At("2026-11-22T10:00:00Z");
  for (int i = 0; i < 100'000; ++i) {
    if (i == 61'234) time -= std::chrono::hours(2);
    log += base::FormatUtc(time) + " line " + std::to_string(i) + " xxxxxxxxxxxxxxxxxxxxxxxxx\n";
    time += std::chrono::milliseconds(250);
  }
  const Span span{At("2026-11-22T13:00:00Z"), At("2026-11-22T13:05:00Z")};
  const Found found = Part(log, Zone(), span, At("2026-11-23T00:00:00Z"));
  EXPECT_EQ(found.text, Whole(log, Zone(), span, At("2026-11-23T00:00:00Z")));
  EXPECT_EQ(found.located.jumps, 1U);
  EXPECT_NE(found.text.find("line 43200 "), std::string::npos);
  EXPECT_NE(found.text.find("line 72000 "), std::string::npos);
}

TEST(Locate, FindsBothSidesOfATimeThatCameTwiceBetweenItsLooks) {
  std::vector<std::string> lines;
  Timestamp time = At("2026-11-22T10:00:00Z");
  for (int i = 0; i < 160'000; ++i) {
    if (i == 61'234) time -= std::chrono::seconds(400);
    lines.push_back(base::FormatUtc(time) + " line " + std::to_string(i) + std::string(40, 'x') +
                    "\n");
    time += std::chrono::milliseconds(250);
  }
  std::string log;
  for (const std::string& line : lines)
    log += line;
  // It was set back at 14:15:08.
  for (const char* begin : {"2026-11-22T14:09:00Z", "2026-11-22T14:11:00Z", "2026-11-22T14:13:30Z",
                            "2026-11-22T14:14:50Z"}) {
    const Span span{At(begin), At(begin) + std::chrono::seconds(10)};
    const Found found = Part(log, Zone(), span, At("2026-11-23T00:00:00Z"));
    EXPECT_EQ(found.text, Whole(log, Zone(), span, At("2026-11-23T00:00:00Z"))) << begin;
    EXPECT_GT(found.text.size(), 80 * 60U) << begin;
    EXPECT_LT(found.located.read, 1'500'000U);
  }
}

TEST(Locate, FindsAFewLinesOfAnotherTimeInASmallerLog) {
  for (const int before : {10, 2000, 29'000}) {
    std::string log;
    for (int i = 0; i < 30'000; ++i) {
      if (i == before) {
        for (int k = 0; k < 50; ++k)
          log += base::FormatUtc(At("2026-06-30T12:39:00Z") + seconds(k)) + " burst\n";
      }
      log += base::FormatUtc(At("2026-07-05T00:00:00Z") + seconds(i)) + " a line of a log, no " +
             std::to_string(i) + "\n";
    }
    const Span span{At("2026-06-30T12:30:00Z"), At("2026-06-30T12:50:00Z")};
    const Found found = Part(log, Zone(), span, At("2026-07-06T00:00:00Z"));
    EXPECT_EQ(std::count(found.text.begin(), found.text.end(), '\n'), 50) << before;
    EXPECT_EQ(found.located.jumps, 1U);
    uint64_t bytes = 0;
    for (const Range& range : found.located.ranges)
      bytes += range.end - range.begin;
    EXPECT_EQ(bytes, found.text.size()) << "no more than there is";
  }
}

// Where so much has no times that not all of it is read: nothing is lost of what lies around.
TEST(Locate, FindsWhatLiesAroundAGiantTrace) {
  const Timestamp start = At("2026-11-22T10:00:00Z");
  std::string dated[3];
  for (int part = 0; part < 3; ++part) {
    for (int i = 0; i < 20'000; ++i) {
      dated[part] += base::FormatUtc(start + std::chrono::hours(4 * part) + seconds(i / 2)) +
                     " part " + std::to_string(part) + " line " + std::to_string(i) + "\n";
    }
  }
  std::string trace;
  for (int i = 0; trace.size() < 3U << 20U; ++i)
    trace += "\tat com.example.Deep.recursion(Deep.java:" + std::to_string(i) + ")\n";
  const std::string logs[] = {dated[0] + trace + dated[1], trace + dated[0] + dated[1],
                              dated[0] + dated[1] + trace, dated[0] + trace + dated[1] + trace};
  for (const std::string& log : logs) {
    for (const char* begin :
         {"2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z", "2026-11-22T12:40:00Z",
          "2026-11-22T15:00:00Z", "2026-11-22T16:46:30Z"}) {
      const Span span{At(begin), At(begin) + seconds(60)};
      const Found found =
          Part(log, Zone(), span, At("2026-11-23T00:00:00Z"), Encoding::kBytes, 1U << 20U);
      EXPECT_EQ(found.text, Whole(log, Zone(), span, At("2026-11-23T00:00:00Z")))
          << begin << " " << log.substr(0, 40);
    }
  }
}

TEST(Locate, FindsTheHourThatCameTwice) {
  const auto zone = Zone::FromPosix("CET-1CEST,M3.5.0,M10.5.0/3");
  std::string log;
  std::string expected;
  const Span span{At("2026-10-25T01:20:00Z"), At("2026-10-25T01:40:00Z")};  // the second time
  for (Timestamp time = At("2026-10-24T12:00:00Z"); time < At("2026-10-25T12:00:00Z");
       time += seconds(1)) {
    std::string line = base::FormatUtc(time + zone->OffsetAt(time));
    line.back() = ' ';
    line += "x" + std::to_string(time.time_since_epoch().count()) + "\n";
    log += line;
    if (span.Contains(time)) expected += line;
  }
  EXPECT_EQ(Part(log, *zone, span, At("2026-10-25T12:00:00Z")).text, expected);
}

TEST(Locate, FindsTheHourThatNeverWas) {
  const auto zone = Zone::FromPosix("CET-1CEST,M3.5.0,M10.5.0/3");
  std::string log;
  std::string expected;
  const Span span{At("2026-03-29T00:50:00Z"), At("2026-03-29T01:10:00Z")};
  for (Timestamp time = At("2026-03-28T12:00:00Z"); time < At("2026-03-29T12:00:00Z");
       time += seconds(1)) {
    std::string line = base::FormatUtc(time + zone->OffsetAt(time));
    line.back() = ' ';
    line += "x" + std::to_string(time.time_since_epoch().count()) + "\n";
    log += line;
    if (span.Contains(time)) expected += line;
  }
  EXPECT_EQ(Part(log, *zone, span, At("2026-03-29T12:00:00Z")).text, expected);
}

TEST(Locate, DoesNotReadALongLineTwice) {
  std::string log = "2026-11-22T10:00:00Z a\n2026-11-22T10:00:01Z ";
  log += std::string(40U << 20U, 'x');
  log += "\n2026-11-22T12:00:00Z b\n";
  const Span span{At("2026-11-22T11:00:00Z"), At("2026-11-22T13:00:00Z")};
  const Found found = Part(log, Zone(), span, At("2026-11-23T00:00:00Z"));
  EXPECT_EQ(found.text, "2026-11-22T12:00:00Z b\n");
  EXPECT_LT(found.located.read, 50U << 20U);
}

TEST(Locate, SaysWhenNoLineHasATime) {
  const std::string log(100'000, 'x');
  const Found found = Part(log, Zone(), {}, At("2026-11-23T00:00:00Z"));
  EXPECT_TRUE(found.located.ranges.empty());
  EXPECT_FALSE(found.located.first);
  EXPECT_TRUE(Part("", Zone(), {}, {}).located.ranges.empty());
}

// Logs of all sorts: records of several lines, bursts and pauses, clocks set back, stretches
// without a time. What is found by few looks is what a look at everything finds.
TEST(Locate, FindsWhatALookAtEverythingFinds) {
  std::mt19937 random(4711);
  const auto pick = [&](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most));
  };
  for (int round = 0; round < 50; ++round) {
    const Timestamp start = At("2026-11-22T00:00:00Z");
    Timestamp time = start;
    std::string log;
    const bool wide = round % 7 == 0;
    const int lines = 100 + pick(20'000);
    const int jump_at = round % 3 == 0 ? pick(lines) : -1;
    for (int i = 0; i < lines; ++i) {
      if (i == jump_at) time -= minutes(30 + pick(300));
      time += pick(50) == 0 ? minutes(pick(60)) : std::chrono::milliseconds(pick(500));
      log += base::FormatUtc(time) + " line " + std::to_string(i) + "\n";
      for (int more = pick(40) == 0 ? pick(300) : 0; more > 0; --more)
        log += "\tat frame " + std::to_string(more) + "\r\n";
    }
    const auto length = time > start ? time - start : std::chrono::nanoseconds(minutes(60));
    const Timestamp from = start + length * pick(100) / 100;
    const Span span{from, from + length * pick(30) / 100};
    const std::string text = wide ? tests::ToUtf16Le(log) : log;
    const Encoding encoding = wide ? Encoding::kUtf16Le : Encoding::kBytes;
    const Timestamp near = At("2026-12-22T00:00:00Z");
    const Found found = Part(text, Zone(), span, near, encoding);
    ASSERT_EQ(found.text == Whole(text, Zone(), span, near, encoding), true)
        << "round " << round << " lines " << lines << " jump " << jump_at;
  }
}

}  // namespace
}  // namespace casepack::records
