#include "collector/os/net_waits.h"

#include <gtest/gtest.h>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

TEST(NetWaits, EndsAtTheEarliestTime) {
  Waits waits;
  waits.Until(tests::In(std::chrono::hours(1)));
  waits.Until(tests::In(std::chrono::milliseconds(10)));
  waits.Until(tests::In(std::chrono::hours(2)));
  EXPECT_LT(waits.until(), tests::In(std::chrono::minutes(1)));
  waits.Sleep(base::Instant::max());  // or the test hangs
  EXPECT_GE(std::chrono::steady_clock::now(), waits.until());
}

TEST(NetWaits, IsWokenByADescriptor) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const Handle read(ends[0]);
  const Handle write(ends[1]);
  Waits waits;
  waits.ToRead(read.get());
  ASSERT_EQ(::write(write.get(), "x", 1), 1);
  const base::Instant end = tests::In(std::chrono::minutes(5));
  waits.Sleep(end);
  EXPECT_LT(std::chrono::steady_clock::now(), end);
}

}  // namespace
}  // namespace casepack::os
