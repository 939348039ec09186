#include "collector/bundle/layout.h"

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

Index TwoMembers() {
  Index index = tests::PlainIndex();
  for (const char* name : {"a", "b"}) {
    MemberRow member;
    member.name = name;
    member.sha256 = std::string("digest of ") + name;
    index.items.emplace_back().members.push_back(member);
  }
  return index;
}

TEST(Layout, MembersFollowEachOtherInTheIndexsOrder) {
  const tests::TempTree tree;
  const auto spool = *Spool::Create(tree.root());
  spool->Keep("b", Stored{{{0, 10}}, {}});
  Index index = TwoMembers();
  EXPECT_EQ(MembersOf(index, *spool).error().message().key, "bundle.seal.unknown_member");
  spool->Keep("a", Stored{{{10, 3}, {20, 4}}, {}});
  const auto members = MembersOf(index, *spool);
  ASSERT_TRUE(members);
  Place(*members);
  EXPECT_EQ(index.items[0].members[0].place.offset, 0U);
  EXPECT_EQ(index.items[0].members[0].place.length, 7U);
  EXPECT_EQ(index.items[1].members[0].place.offset, 7U);
  EXPECT_EQ(index.items[1].members[0].place.length, 10U);
}

TEST(Layout, TotalsAreSums) {
  Index index = TwoMembers();
  index.items[0].redactions = {{"x", 2}, {"y", 1}};
  index.items[1].redactions = {{"x", 3}};
  FillTotals(index);
  FillTotals(index);
  EXPECT_EQ(index.redactions, (std::map<std::string, uint64_t, std::less<>>{{"x", 5}, {"y", 1}}));
}

TEST(Layout, TheIdIsOfTheContentAlone) {
  const std::string id = BundleId(TwoMembers());
  EXPECT_EQ(id.size(), 64U);
  Index other = TwoMembers();
  other.resources.wall = std::chrono::seconds(5);
  other.items[0].elapsed = std::chrono::seconds(5);
  EXPECT_EQ(BundleId(other), id);
  other.items[0].members[0].sha256 = "another";
  EXPECT_NE(BundleId(other), id);
  other = TwoMembers();
  other.host.name = "other";
  EXPECT_NE(BundleId(other), id);
  other = TwoMembers();
  other.created += std::chrono::seconds(1);
  EXPECT_NE(BundleId(other), id);
}

}  // namespace
}  // namespace casepack::bundle
