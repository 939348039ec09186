#include "collector/fleet/groups.h"

#include <random>

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

// `first` affected hosts with one cause, `second` with another, `rest` with none.
Groups Find(tests::FleetTable& made, int first, int second, int rest) {
  std::mt19937 random(3);
  for (int i = 0; i < 400; ++i) {
    const bool affected = i < first + second + rest;
    tests::Values facts{{"x.kernel", affected && i < first ? "bad" : "good"},
                        {"x.relay", affected && i >= first && i < first + second ? "r3" : "r1"}};
    for (int noise = 0; noise < 20; ++noise)
      facts.emplace_back("noise." + std::to_string(noise), "v" + std::to_string(random() % 3));
    made.Add(affected ? "offline" : "online", facts);
  }
  Table& table = made.Done();
  const Sample sample = SampleOf(table.hosts());
  return FindGroups(table, sample, FindSeparators(table, sample));
}

TEST(Groups, TwoCausesAreTwoGroups) {
  tests::FleetTable made;
  const Groups groups = Find(made, 30, 15, 0);
  ASSERT_EQ(groups.found.size(), 2U);
  EXPECT_EQ(TextOf(made.table, groups.found[0].separator.traits[0]), "x.kernel = bad");
  EXPECT_EQ(groups.found[0].rows.size(), 30U);
  EXPECT_EQ(TextOf(made.table, groups.found[1].separator.traits[0]), "x.relay = r3");
  EXPECT_EQ(groups.found[1].rows.size(), 15U);
  EXPECT_TRUE(groups.rest.empty());
}

TEST(Groups, OneCauseIsOneGroup) {
  tests::FleetTable made;
  const Groups groups = Find(made, 40, 0, 0);
  EXPECT_EQ(groups.found.size(), 1U);
  EXPECT_TRUE(groups.rest.empty());
}

TEST(Groups, WhatNothingExplainsIsTheRest) {
  tests::FleetTable made;
  const Groups some = Find(made, 30, 0, 6);
  EXPECT_EQ(some.found.size(), 1U);
  EXPECT_EQ(some.rest.size(), 6U);
  tests::FleetTable none;
  EXPECT_EQ(Find(none, 0, 0, 40).rest.size(), 40U);
}

TEST(Groups, WhoDoesNotTellIsNotLeftOver) {
  tests::FleetTable made;
  for (int i = 0; i < 200; ++i) {
    made.Add(i < 40 ? "offline" : "online",
             i == 0 ? tests::Values{} : tests::Values{{"x.kernel", i < 40 ? "bad" : "good"}});
  }
  Table& table = made.Done();
  const Sample sample = SampleOf(table.hosts());
  const Groups groups = FindGroups(table, sample, FindSeparators(table, sample));
  EXPECT_EQ(groups.found.size(), 1U);
  EXPECT_EQ(groups.hidden, std::vector<uint32_t>{0});
  EXPECT_TRUE(groups.rest.empty());
}

}  // namespace
}  // namespace casepack::fleet
