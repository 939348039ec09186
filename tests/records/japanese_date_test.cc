#include "collector/records/japanese_date.h"

#include <gtest/gtest.h>

namespace casepack::records {
namespace {

TEST(JapaneseDate, KnowsItsMarksInThreeEncodings) {
  EXPECT_EQ(DateMarkAt(DateMark::kYear, "年6月"), 3U);
  EXPECT_EQ(DateMarkAt(DateMark::kYear, "\x94N6\x8C\x8E"), 2U);
  EXPECT_EQ(DateMarkAt(DateMark::kSecond, "\xC9\xC3"), 2U);
  EXPECT_EQ(DateMarkAt(DateMark::kMonth, "年"), 0U);
  EXPECT_EQ(DateMarkAt(DateMark::kMonth, ""), 0U);
}

TEST(JapaneseDate, KnowsDaysOfTheWeek) {
  EXPECT_EQ(WeekdayAt("(金) 10:51"), 5U);
  EXPECT_EQ(WeekdayAt("（土）"), 9U);
  EXPECT_EQ(WeekdayAt("金曜日 10:51"), 9U);
  EXPECT_EQ(WeekdayAt("(水曜日)"), 11U);
  EXPECT_EQ(WeekdayAt("\x8B\xE0\x97\x6A\x93\xFA 10:51"), 6U);
  EXPECT_EQ(WeekdayAt("(\xB6\xE2)"), 4U);
  EXPECT_EQ(WeekdayAt("金"), 0U) << "no more than a sign";
  EXPECT_EQ(WeekdayAt("(金"), 0U);
  EXPECT_EQ(WeekdayAt("(fri)"), 0U);
}

TEST(JapaneseDate, KnowsTheHalvesOfADay) {
  EXPECT_EQ(HalfOfDayAt("午後1:02").hours, 12);
  EXPECT_EQ(HalfOfDayAt("午後1:02").end, 6U);
  EXPECT_EQ(HalfOfDayAt("\x8C\xDF\x91\x4F").hours, 0);
  EXPECT_EQ(HalfOfDayAt("\x8C\xDF\x91\x4F").end, 4U);
  EXPECT_EQ(HalfOfDayAt("PM").end, 0U);
}

}  // namespace
}  // namespace casepack::records
