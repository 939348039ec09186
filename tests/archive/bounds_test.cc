#include "collector/archive/bounds.h"

#include <gtest/gtest.h>

namespace casepack::archive {
namespace {

TEST(Bounds, BytesInAll) {
  Bounds bounds;
  bounds.max_bytes = 100;
  Budget budget(bounds);
  EXPECT_TRUE(budget.Unpack(100).ok());
  EXPECT_EQ(budget.Unpack(1).code(), base::Code::kFull);
  EXPECT_EQ(budget.Unpack(0).code(), base::Code::kFull) << "for ever";
}

TEST(Bounds, RatioBeyondTheFreeBytes) {
  Bounds bounds;
  bounds.free_bytes = 1000;
  bounds.max_ratio = 10;
  Budget budget(bounds);
  EXPECT_TRUE(budget.Ratio(1, 1000).ok());
  EXPECT_EQ(budget.Ratio(1, 1001).code(), base::Code::kFull);
  EXPECT_TRUE(budget.Ratio(101, 1010).ok());
  budget.Pack(200);
  EXPECT_TRUE(budget.Unpack(2000).ok());
  EXPECT_EQ(budget.Unpack(1000).code(), base::Code::kFull);
}

TEST(Bounds, Entries) {
  Bounds bounds;
  bounds.max_entries = 2;
  Budget budget(bounds);
  EXPECT_TRUE(budget.Entry().ok());
  EXPECT_TRUE(budget.Entry().ok());
  EXPECT_EQ(budget.Entry().code(), base::Code::kFull);
}

}  // namespace
}  // namespace casepack::archive
