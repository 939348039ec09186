#include "collector/fleet/trait.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

class TraitTest : public testing::Test {
 protected:
  TraitTest() {
    made_.Add("offline", {{"i.a", "x"}, {"i.n", "5"}}, {"i"});
    made_.Add("offline", {{"i.a", "y"}, {"i.n", "9"}}, {"i"});
    made_.Add("online", {{"i.a", "x"}, {"i.n", "1"}}, {"i"});
    made_.Add("online", {}, {"i"});  // has neither
    made_.Add("online", {}, {});     // does not tell
    made_.Add("degraded", {{"i.a", "x"}}, {"i"});
    made_.Done();
    sample_ = SampleOf(made_.table.hosts());
  }
  tests::FleetTable made_;
  Sample sample_;
};

TEST_F(TraitTest, TheSampleIsTheAffectedAndTheHealthy) {
  EXPECT_EQ(sample_.rows, (std::vector<uint32_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(sample_.affected, (std::vector<uint8_t>{1, 1, 0, 0, 0}));
}

TEST_F(TraitTest, SplitsByAValue) {
  const Trait trait{0, Trait::Is::kEqual, 0};
  EXPECT_EQ(TextOf(made_.table, trait), "i.a = x");
  const Split split = SplitOf(HostsOf(made_.table, sample_, trait), AffectedOf(sample_));
  EXPECT_EQ(split.affected_with, 1U);
  EXPECT_EQ(split.affected_without, 1U);
  EXPECT_EQ(split.healthy_with, 1U);
  EXPECT_EQ(split.healthy_without, 1U);  // the one that does not tell is not among them
}

TEST_F(TraitTest, SplitsByARange) {
  const Column* column = made_.table.Find("i.n");
  const Trait least{1, Trait::Is::kAtLeast, *column->FindCode("5")};
  EXPECT_EQ(TextOf(made_.table, least), "i.n >= 5");
  EXPECT_EQ(SplitOf(HostsOf(made_.table, sample_, least), AffectedOf(sample_)).affected_with, 2U);
  const Trait most{1, Trait::Is::kAtMost, *column->FindCode("5")};
  const Split split = SplitOf(HostsOf(made_.table, sample_, most), AffectedOf(sample_));
  EXPECT_EQ(split.affected_with, 1U);
  EXPECT_EQ(split.healthy_with, 1U);
}

TEST_F(TraitTest, WhoLacksOneOfTwoLacksBoth) {
  const TraitHosts a = HostsOf(made_.table, sample_, {0, Trait::Is::kEqual, 0});
  const Column* column = made_.table.Find("i.n");
  const TraitHosts b =
      HostsOf(made_.table, sample_, {1, Trait::Is::kAtLeast, *column->FindCode("5")});
  const TraitHosts both = Both(a, b);
  EXPECT_TRUE(both.with.Has(0));
  EXPECT_TRUE(both.without.Has(1));
  EXPECT_TRUE(both.without.Has(2));
  EXPECT_FALSE(both.with.Has(4) || both.without.Has(4));
}

TEST(HostSet, CountsAndCombines) {
  HostSet a(200);
  HostSet b(200);
  for (size_t i = 0; i < 200; i += 2)
    a.Add(i);
  for (size_t i = 0; i < 200; i += 3)
    b.Add(i);
  EXPECT_EQ(a.CountBoth(a), 100U);
  EXPECT_EQ(a.CountBoth(b), 34U);
  EXPECT_EQ(a.And(b).CountBoth(a), 34U);
  EXPECT_EQ(a.Or(b).CountBoth(a.Or(b)), 133U);
}

}  // namespace
}  // namespace casepack::fleet
