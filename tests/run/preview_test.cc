#include "collector/run/preview.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

base::Status NeverRun(const kinds::Context&, bundle::Entry&) {
  ADD_FAILURE() << "a preview ran an item";
  return {};
}
base::Status TwoReads(const kinds::Context&, kinds::Preview& preview) {
  preview.steps = {{kinds::Preview::Act::kRead, "/a", 600},
                   {kinds::Preview::Act::kRead, "/b", 600}};
  preview.bytes = 1200;
  return {};
}
const kinds::Kind kTwoReads{"two_reads", {}, {}, NeverRun, TwoReads};

TEST(Preview, AddsUpUnderTheCaps) {
  const tests::TempTree tree;
  const auto host = os::OpenHost({tree.root(), os::NetworkMounts::kLeaveAlone});
  manifest::Item small;
  small.limits.max_bytes = 1000;
  const manifest::Item large;
  Plan plan{{{&small, &kTwoReads, {}},
             {&large, &kTwoReads, {}},
             {&large, &kTwoReads, {"run.plan.skipped", {}}}}};
  const PreviewResult result = MakePreview(plan, **host, base::Deadline());
  ASSERT_EQ(result.rows.size(), 3U);
  EXPECT_EQ(result.rows[0].preview.bytes, 1000U);
  EXPECT_EQ(result.rows[1].preview.bytes, 1200U);
  EXPECT_EQ(result.bytes, 2200U);
  EXPECT_TRUE(result.rows[2].preview.steps.empty());
  EXPECT_EQ(result.rows[2].status.message().key, "run.plan.skipped");
}

TEST(Preview, StopsAtItsDeadline) {
  const tests::TempTree tree;
  const auto host = os::OpenHost({tree.root(), os::NetworkMounts::kLeaveAlone});
  const manifest::Item item;
  const PreviewResult result = MakePreview({{{&item, &kTwoReads, {}}}}, **host,
                                           base::Deadline::After(base::Duration::zero()));
  EXPECT_EQ(result.rows[0].status.code(), base::Code::kTimedOut);
  EXPECT_EQ(result.bytes, 0U);
}

}  // namespace
}  // namespace casepack::run
