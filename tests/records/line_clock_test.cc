#include "collector/records/line_clock.h"

#include <gtest/gtest.h>

namespace casepack::records {
namespace {

TEST(LineClock, LearnsASecondFormatThatFits) {
  FormatSet formats;
  formats.Learn("2026-11-22 10:00:00 one\n", *base::ParseUtc("2026-11-23T00:00:00Z"));
  const Zone zone;
  LineClock clock(formats, Timeline(zone, *base::ParseUtc("2026-11-22T00:00:00Z")));
  EXPECT_FALSE(clock.Next("Nov 22 10:00:01 host two")) << "nothing to compare it with";
  EXPECT_TRUE(clock.Next("2026-11-22 10:00:00 one"));
  EXPECT_FALSE(clock.Next("  at more.of.it"));
  EXPECT_FALSE(clock.Next("Nov 24 10:00:01 host far away"));
  const auto next = clock.Next("Nov 22 10:00:01 host two");
  ASSERT_TRUE(next);
  EXPECT_EQ(base::FormatUtc(next->time), "2026-11-22T10:00:01Z");
  EXPECT_EQ(clock.jumps(), 0U);
  EXPECT_TRUE(clock.Next("2026-11-22 09:00:00 back"));
  EXPECT_EQ(clock.jumps(), 1U);
}

}  // namespace
}  // namespace casepack::records
