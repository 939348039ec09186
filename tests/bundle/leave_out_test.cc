#include "collector/bundle/leave_out.h"

#include <gtest/gtest.h>

namespace casepack::bundle {
namespace {

Index Three() {
  Index index;
  const int priorities[] = {50, 10, 50};
  for (int i = 0; i < 3; ++i) {
    ItemRow& item = index.items.emplace_back();
    item.priority = priorities[i];
    for (int m = 0; m < 2; ++m) {
      MemberRow& member = item.members.emplace_back();
      member.name = std::to_string(i) + std::to_string(m);
      member.bytes = 10;
    }
  }
  return index;
}

std::string Order(uint64_t excess, Index* index) {
  Text reason;
  reason.message.key = "why";
  LeaveOut(*index, excess, reason, [](const MemberRow& member) { return member.bytes; });
  std::string order;
  for (const LeftOutRow& row : index->left_out)
    order += row.member + " ";
  return order;
}

TEST(LeaveOut, LowestPriorityFirstAndTheLastOfThem) {
  struct Case {
    uint64_t excess;
    const char* order;
  };
  const Case cases[] = {
      {0, ""}, {1, "11 "}, {11, "11 10 "}, {21, "11 10 21 "}, {1000, "11 10 21 20 01 00 "}};
  for (const Case& c : cases) {
    Index index = Three();
    EXPECT_EQ(Order(c.excess, &index), c.order) << c.excess;
  }
}

TEST(LeaveOut, RowsSayIt) {
  Index index = Three();
  index.items[2].outcome = Outcome::kTimedOut;
  index.items[2].reason.message.key = "late";
  Order(30, &index);
  EXPECT_EQ(index.items[0].outcome, Outcome::kOk);
  EXPECT_EQ(index.items[1].outcome, Outcome::kPartial);
  EXPECT_EQ(index.items[1].reason.message.key, "why");
  EXPECT_EQ(index.items[2].outcome, Outcome::kTimedOut);
  EXPECT_EQ(index.items[2].reason.message.key, "late");
  EXPECT_EQ(index.left_out[0].bytes, 10U);
  EXPECT_EQ(index.left_out[0].reason.message.key, "why");
  EXPECT_EQ(index.items[2].members.size(), 1U);
}

}  // namespace
}  // namespace casepack::bundle
