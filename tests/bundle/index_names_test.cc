#include "collector/bundle/index_names.h"

#include <gtest/gtest.h>

namespace casepack::bundle {
namespace {

TEST(IndexNames, ThereAndBack) {
  for (int i = 0; i <= static_cast<int>(Outcome::kSkipped); ++i) {
    const auto outcome = static_cast<Outcome>(i);
    EXPECT_EQ(OutcomeOfName(NameOf(outcome)), outcome);
  }
  for (const Ended ended : {Ended::kWhole, Ended::kInterrupted, Ended::kTimeLimit}) {
    EXPECT_EQ(EndedOfName(NameOf(ended)), ended);
  }
  EXPECT_EQ(NameOf(Outcome::kTimedOut), "timed_out");
  EXPECT_EQ(NameOf(Ended::kTimeLimit), "time_limit");
}

TEST(IndexNames, OfANewerCasepack) {
  EXPECT_EQ(OutcomeOfName("teleported"), Outcome::kPartial);
  EXPECT_EQ(EndedOfName(""), Ended::kInterrupted);
}

}  // namespace
}  // namespace casepack::bundle
