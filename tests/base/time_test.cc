#include "collector/base/time.h"

#include <gtest/gtest.h>

namespace casepack::base {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

Timestamp At(int64_t unix_seconds) { return Timestamp(seconds(unix_seconds)); }

TEST(FormatUtc, WritesWholeSeconds) {
  struct Case {
    Timestamp time;
    const char* text;
    const char* compact;
  };
  const Case cases[] = {
      {At(0), "1970-01-01T00:00:00Z", "19700101T000000Z"},
      {At(1795341723), "2026-11-22T10:02:03Z", "20261122T100203Z"},
      {At(951782400), "2000-02-29T00:00:00Z", "20000229T000000Z"},
      {At(1795341723) + 999'999'999ns, "2026-11-22T10:02:03Z", "20261122T100203Z"},
      {At(0) - 1ns, "1969-12-31T23:59:59Z", "19691231T235959Z"},
      {At(4102444799), "2099-12-31T23:59:59Z", "20991231T235959Z"},
      {Timestamp::min(), "1677-09-21T00:12:43Z", "16770921T001243Z"},
      {Timestamp::max(), "2262-04-11T23:47:16Z", "22620411T234716Z"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(FormatUtc(c.time), c.text);
    EXPECT_EQ(FormatUtcCompact(c.time), c.compact);
  }
}

TEST(ParseUtc, ReadsWhatFormatUtcWrites) {
  for (const int64_t time : {0L, 1L, 951782400L, 1795341723L, 4102444799L, -1L, -9000000000L}) {
    const auto parsed = ParseUtc(FormatUtc(At(time)));
    ASSERT_TRUE(parsed.has_value()) << time;
    EXPECT_EQ(*parsed, At(time));
  }
  EXPECT_EQ(ParseUtc("2262-04-11T23:47:16Z"), At(9223372036));
}

TEST(ParseUtc, TakesALeapSecondAsTheNextOne) {
  EXPECT_EQ(ParseUtc("2016-12-31T23:59:60Z"), ParseUtc("2017-01-01T00:00:00Z"));
}

TEST(ParseUtc, RefusesAnythingElse) {
  const char* const cases[] = {
      "", "Z", "2026-11-22", "2026-11-22T10:02:03", "2026-11-22T10:02:03z", "2026-11-22 10:02:03Z",
      "2026-11-22T10:02:03ZZ", "2026-11-22T10:02:03.5Z", "2026-11-22T10:02:03+09:00",
      "2026-00-22T10:02:03Z", "2026-13-22T10:02:03Z", "2026-11-31T10:02:03Z",
      "2026-02-29T10:02:03Z", "2026-11-22T24:02:03Z", "2026-11-22T10:60:03Z",
      "2026-11-22T10:02:61Z", "2026-11-22T-0:02:03Z", "2026-11-22T+1:02:03Z",
      "2026-11-22T 1:02:03Z", "-026-11-22T10:02:03Z", "20a6-11-22T10:02:03Z",
      // Outside of what nanoseconds in 64 bits can say.
      "0000-01-01T00:00:00Z", "1677-09-21T00:12:43Z", "2262-04-11T23:47:17Z",
      "9999-12-31T23:59:59Z"};
  for (const char* text : cases) {
    EXPECT_FALSE(ParseUtc(text).has_value()) << text;
  }
}

TEST(Deadline, NeverComesUnlessSet) {
  EXPECT_FALSE(Deadline().Expired());
  EXPECT_EQ(Deadline().Remaining(), Duration::max());
}

TEST(Deadline, AfterASpan) {
  struct Case {
    Duration span;
    bool expired;
  };
  const Case cases[] = {{1h, false},
                        {0ns, true},
                        {-1h, true},
                        {1ns, true},
                        {Duration::min(), true},
                        {Duration::max(), false}};
  for (const Case& c : cases) {
    const Deadline deadline = Deadline::After(c.span);
    while (c.span == 1ns && std::chrono::steady_clock::now() <= deadline.at) {
    }
    EXPECT_EQ(deadline.Expired(), c.expired) << c.span.count();
    EXPECT_LE(deadline.Remaining(), std::max(c.span, Duration::zero())) << c.span.count();
    EXPECT_GE(deadline.Remaining(), Duration::zero()) << c.span.count();
  }
  EXPECT_EQ(Deadline::After(Duration::max()).at, Instant::max());
}

TEST(Deadline, ComesWithTheStopFlag) {
  StopFlag stop;
  const Deadline endless{Instant::max(), &stop};
  const Deadline later = Deadline::After(1h, &stop);
  EXPECT_FALSE(endless.Expired());
  EXPECT_FALSE(later.Expired());
  stop.Raise();
  EXPECT_TRUE(stop.raised());
  EXPECT_TRUE(endless.Expired());
  EXPECT_TRUE(later.Expired());
  EXPECT_EQ(later.Remaining(), Duration::zero());
}

}  // namespace
}  // namespace casepack::base
