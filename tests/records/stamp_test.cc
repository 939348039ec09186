#include "collector/records/stamp.h"

#include <gtest/gtest.h>

namespace casepack::records {
namespace {

// The days of four centuries, against the calendar of the standard library.
TEST(Stamp, KnowsTheCalendar) {
  for (std::chrono::sys_days day = std::chrono::sys_days(std::chrono::year(1970) / 1 / 1);
       day < std::chrono::sys_days(std::chrono::year(2262) / 1 / 1); day += std::chrono::days(1)) {
    const std::string text = base::FormatUtc(base::Timestamp(day));
    const auto stamp = ReadStamp("%Y-%m-%dT%H:%M:%S%z", text);
    ASSERT_TRUE(stamp) << text;
    ASSERT_EQ(stamp->clock, base::Timestamp(day)) << text;
  }
}

TEST(Stamp, TakesALayoutLiterally) {
  EXPECT_TRUE(ReadStamp("at %D %h", "at 20261122 100203"));
  EXPECT_FALSE(ReadStamp("at %D %h", "at 20261122100203"));
  EXPECT_FALSE(ReadStamp("%q", "20261122"));            // no such code
  EXPECT_FALSE(ReadStamp("%D%h", "2026112210020312"));  // longer than the stamp
}

}  // namespace
}  // namespace casepack::records
