#include "collector/records/timeline.h"

#include <gtest/gtest.h>

#include "collector/records/time_format.h"

namespace casepack::records {
namespace {

base::Timestamp At(const char* text) { return *base::ParseUtc(text); }

std::string Next(Timeline& line, const char* text, uint32_t* doubts = nullptr) {
  const Instant instant = line.Next(DateOfLine(text)->stamp);
  if (doubts != nullptr) *doubts = instant.doubts;
  return base::FormatUtc(instant.time);
}

TEST(Timeline, FindsTheYearOverNewYear) {
  const Zone utc;
  Timeline line(utc, At("2026-01-05T00:00:00Z"));
  uint32_t doubts = 0;
  EXPECT_EQ(Next(line, "Dec 31 23:59:59 a", &doubts), "2025-12-31T23:59:59Z");
  EXPECT_EQ(doubts, kZoneAssumed | kYearGuessed);
  EXPECT_EQ(Next(line, "Jan  1 00:00:01 a"), "2026-01-01T00:00:01Z");
  EXPECT_EQ(Next(line, "Feb 28 00:00:01 a"), "2026-02-28T00:00:01Z");
  EXPECT_EQ(line.jumps(), 0U);
  Timeline leap(utc, At("2024-03-01T00:00:00Z"));
  EXPECT_EQ(Next(leap, "Feb 29 10:00:00 a"), "2024-02-29T10:00:00Z");
}

TEST(Timeline, KnowsTheSecondTimeRoundByItsOrder) {
  const auto zone = Zone::FromPosix("CET-1CEST,M3.5.0,M10.5.0/3");
  Timeline line(*zone, At("2026-10-25T00:00:00Z"));
  uint32_t doubts = 0;
  EXPECT_EQ(Next(line, "2026-10-25 02:00:00", &doubts), "2026-10-25T00:00:00Z");
  EXPECT_EQ(doubts, kZoneAssumed | kHourTwice);
  EXPECT_EQ(Next(line, "2026-10-25 02:59:00"), "2026-10-25T00:59:00Z");
  EXPECT_EQ(Next(line, "2026-10-25 02:00:30", &doubts), "2026-10-25T01:00:30Z");
  EXPECT_EQ(doubts, kZoneAssumed);
  EXPECT_EQ(Next(line, "2026-10-25 02:59:00"), "2026-10-25T01:59:00Z");
  EXPECT_EQ(Next(line, "2026-10-25 03:00:00"), "2026-10-25T02:00:00Z");
  EXPECT_EQ(line.jumps(), 0U);
}

TEST(Timeline, SeesAClockThatWasSetBack) {
  const Zone utc;
  Timeline line(utc, At("2026-10-25T00:00:00Z"));
  uint32_t doubts = 0;
  Next(line, "2026-10-25T10:00:00Z");
  Next(line, "2026-10-25T09:59:30Z", &doubts);  // threads
  EXPECT_EQ(doubts, kNoDoubt);
  Next(line, "2026-10-25T08:00:00Z", &doubts);
  EXPECT_EQ(doubts, kClockBack);
  EXPECT_EQ(line.jumps(), 1U);
}

TEST(Timeline, BearsAnyTimeOfChange) {
  const Zone utc;
  for (const base::Timestamp near : {base::Timestamp::min(), base::Timestamp::max()}) {
    Timeline line(utc, near);
    EXPECT_EQ(Next(line, "Dec 31 23:59:59 a").substr(4), "-12-31T23:59:59Z");
  }
}

TEST(Timeline, TakesAWrittenZoneForGood) {
  const auto zone = Zone::FromOffset("+09:00");
  Timeline line(*zone, At("2026-10-25T00:00:00Z"));
  EXPECT_EQ(Next(line, "2026-10-25 10:00:00"), "2026-10-25T01:00:00Z");
  EXPECT_EQ(Next(line, "2026-10-25 10:00:00 -0100"), "2026-10-25T11:00:00Z");
}

}  // namespace
}  // namespace casepack::records
