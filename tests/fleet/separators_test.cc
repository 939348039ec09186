#include "collector/fleet/separators.h"

#include <cmath>
#include <random>

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

using Why = Separators::Why;

Separators Find(Table& table) { return FindSeparators(table, SampleOf(table.hosts())); }

std::string First(const Table& table, const Separators& separators) {
  if (separators.found.empty()) return "none";
  std::string text;
  for (const Trait& trait : separators.found[0].traits)
    text += (text.empty() ? "" : " & ") + TextOf(table, trait);
  return text;
}

// 400 hosts, 40 of them affected, with `facts` of noise beside what the test plants.
class Fleet {
 public:
  explicit Fleet(uint32_t seed) : random_(seed) {}
  uint32_t Below(uint32_t most) { return static_cast<uint32_t>(random_() % most); }
  void Add(bool affected, tests::Values facts) {
    for (int i = 0; i < 60; ++i)
      facts.emplace_back("noise.n" + std::to_string(i), "v" + std::to_string(Below(2 + i % 4)));
    facts.emplace_back("measure.m", std::to_string(Below(100)));
    made_.Add(affected ? "offline" : "online", facts);
  }
  Table& Done() { return made_.Done(); }

 private:
  std::mt19937 random_;
  tests::FleetTable made_;
};

TEST(Separators, ThePlantedOneIsFirstAndNoOtherIsFound) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    Fleet fleet(seed);
    for (int i = 0; i < 400; ++i) {
      const bool affected = i < 40;
      const bool exception = fleet.Below(30) == 0;
      fleet.Add(affected, {{"host.kernel", affected != exception ? "bad" : "good"},
                           {"package.kernel", affected != exception ? "5.14" : "5.13"}});
    }
    Table& table = fleet.Done();
    const Separators separators = Find(table);
    ASSERT_EQ(separators.why, Why::kFound) << seed;
    EXPECT_EQ(First(table, separators), "host.kernel = bad") << seed;
    EXPECT_EQ(separators.found.size(), 1U) << seed;
    ASSERT_EQ(separators.found[0].folded.size(), 1U) << seed;
    EXPECT_EQ(TextOf(table, separators.found[0].folded[0].trait), "package.kernel = 5.14");
    EXPECT_TRUE(separators.found[0].folded[0].same_hosts);
  }
}

TEST(Separators, WhereThereIsNoneItSaysSo) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    Fleet fleet(seed);
    for (int i = 0; i < 400; ++i)
      fleet.Add(i < 40, {});
    const Separators separators = Find(fleet.Done());
    EXPECT_EQ(separators.why, Why::kNothing) << seed;
    EXPECT_GT(separators.tests, 100U);
  }
}

TEST(Separators, TwoTogether) {
  Fleet fleet(5);
  for (int i = 0; i < 400; ++i) {
    const bool affected = i < 40;
    bool a = fleet.Below(3) == 0;
    bool b = fleet.Below(3) == 0;
    if (affected) a = b = true;
    if (!affected && a && b) b = false;
    fleet.Add(affected, {{"x.a", a ? "1.2" : "1.1"}, {"x.b", b ? "old" : "new"}});
  }
  Table& table = fleet.Done();
  const Separators separators = Find(table);
  EXPECT_EQ(First(table, separators).size(), std::string("x.a = 1.2 & x.b = old").size());
  ASSERT_FALSE(separators.found.empty());
  EXPECT_EQ(separators.found[0].traits.size(), 2U);
  EXPECT_EQ(separators.found[0].split.healthy_with, 0U);
  EXPECT_EQ(separators.found.size(), 1U);  // each alone says no more
}

TEST(Separators, WhatOnlyFollowsFromAnotherIsFoldedIntoIt) {
  Fleet fleet(6);
  for (int i = 0; i < 400; ++i) {
    const bool bad = i < 38 || (i >= 40 && i < 44);
    // Follows from the kernel, in half of the cases.
    fleet.Add(i < 40, {{"host.kernel", bad ? "bad" : "good"},
                       {"log.error", bad && fleet.Below(2) == 0 ? "seen" : "no"}});
  }
  Table& table = fleet.Done();
  const Separators separators = Find(table);
  EXPECT_EQ(First(table, separators), "host.kernel = bad");
  EXPECT_EQ(separators.found.size(), 1U);
  ASSERT_EQ(separators.found[0].folded.size(), 1U);
  EXPECT_FALSE(separators.found[0].folded[0].same_hosts);
}

// "0 of 40 affected have it; all healthy do": absent, where it was looked for.
TEST(Separators, WhatTheAffectedLack) {
  tests::FleetTable made;
  for (int i = 0; i < 200; ++i) {
    made.Add(i < 40 ? "offline" : "online",
             i < 40 ? tests::Values{} : tests::Values{{"i.driver", "loaded"}}, {"i"});
  }
  Table& table = made.Done();
  const Separators separators = Find(table);
  EXPECT_EQ(First(table, separators), "i.driver = loaded");
  EXPECT_EQ(separators.found[0].split.affected_with, 0U);
  EXPECT_EQ(separators.found[0].split.affected(), 40U);
  EXPECT_EQ(separators.found[0].split.healthy_with, 160U);
}

TEST(Separators, FleetsThatHaveNothingToCompare) {
  const auto why = [](size_t affected, size_t healthy, size_t others) {
    tests::FleetTable made;
    for (size_t i = 0; i < affected; ++i)
      made.Add("offline", {{"i.a", "x"}});
    for (size_t i = 0; i < healthy; ++i)
      made.Add("online", {{"i.a", "y"}});
    for (size_t i = 0; i < others; ++i)
      made.Add("degraded", {{"i.a", "y"}});
    return Find(made.Done()).why;
  };
  EXPECT_EQ(why(0, 0, 0), Why::kNoAffected);
  EXPECT_EQ(why(0, 50, 9), Why::kNoAffected);
  EXPECT_EQ(why(50, 0, 9), Why::kNoHealthy);
  EXPECT_EQ(why(1, 0, 0), Why::kNoHealthy);
  EXPECT_EQ(why(1, 1, 0), Why::kTooFew);
  EXPECT_EQ(why(3, 3, 0), Why::kTooFew);
  EXPECT_EQ(why(30, 50, 0), Why::kFound);
}

TEST(Separators, EqualFactsEverywhere) {
  tests::FleetTable made;
  for (int i = 0; i < 100; ++i)
    made.Add(i < 20 ? "offline" : "online", {{"i.a", "x"}, {"i.b", "y"}});
  const Separators separators = Find(made.Done());
  EXPECT_EQ(separators.why, Why::kNothing);
  EXPECT_EQ(separators.tests, 0U);
}

TEST(Separators, LiftIsHowMuchLikelierItIs) {
  Separator separator;
  separator.split = {10, 0, 10, 80};
  EXPECT_DOUBLE_EQ(separator.Lift(), 5.0);
  separator.split = {0, 10, 0, 80};
  EXPECT_EQ(separator.Lift(), 0);
}

}  // namespace
}  // namespace casepack::fleet
