#include "collector/records/format_set.h"

#include <gtest/gtest.h>

namespace casepack::records {
namespace {

const base::Timestamp kLatest = *base::ParseUtc("2026-11-23T00:00:00Z");

std::string Repeat(std::string_view line, int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += line;
  return text;
}

TEST(FormatSet, LearnsTwoFormatsOfOneFile) {
  FormatSet set;
  set.Learn(Repeat("Oct 11 22:14:15 host a: x\n", 40) + Repeat("  more\n", 40) +
                Repeat("2026-10-12T22:14:15Z host a: x\n", 20),
            kLatest);
  EXPECT_EQ(set.Names(), "iso8601 rfc3164");
  EXPECT_TRUE(set.full());
  EXPECT_TRUE(set.Date("2026-10-12T22:14:15Z host"));
  EXPECT_TRUE(set.Date("Oct 11 22:14:15 host a"));
  EXPECT_FALSE(set.Date("Nov 22, 2026 1:02:03 PM com.example"));
}

TEST(FormatSet, TakesAChanceForAChance) {
  FormatSet set;
  set.Learn(Repeat("2026-10-12 22:14:15 x\n", 200) + "Oct 11 22:14:15 host a: x\n" +
                Repeat("1700000000 bytes\n", 2),
            kLatest);
  EXPECT_EQ(set.Names(), "iso8601");
}

TEST(FormatSet, KnowsThatNobodyWritesTomorrow) {
  FormatSet set;
  set.Learn("30/06/21 10:51:05 x\n30/06/21 10:51:06 x\n", kLatest);
  EXPECT_TRUE(set.empty());
  set.Learn("21/06/30 10:51:05 x\n", kLatest);
  EXPECT_EQ(set.Names(), "short_slashes");
}

TEST(FormatSet, LearnsNothingFromProse) {
  FormatSet set;
  set.Learn("", kLatest);
  set.Learn("hello\n\n\nworld 2026-10-12\n", kLatest);
  EXPECT_TRUE(set.empty());
  EXPECT_EQ(set.Names(), "");
  EXPECT_FALSE(set.Date("2026-10-12 22:14:15"));
}

}  // namespace
}  // namespace casepack::records
