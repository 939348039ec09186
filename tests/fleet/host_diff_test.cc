#include "collector/fleet/host_diff.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

TEST(HostDiff, WhatIsUsualElsewhere) {
  tests::FleetTable made;
  made.Add(
      "offline",
      {{"i.a", "odd"}, {"i.same", "x"}, {"i.mixed", "q"}, {"i.only", "here"}, {"measure.m", "7"}},
      {"i"});
  for (int i = 0; i < 10; ++i) {
    made.Add("online",
             {{"i.a", "usual"},
              {"i.same", "x"},
              {"i.mixed", std::to_string(i)},
              {"i.driver", "loaded"},
              {"measure.m", "1"}},
             {"i"});
  }
  made.Add("degraded", {{"i.a", "neither"}});
  Table& table = made.Done();
  const auto unusual = Unlike(table, 0);
  std::string shown;
  for (const Unusual& one : unusual) {
    shown += one.key + ":" + one.value + ":" + one.usual + ":" + std::to_string(one.with) + "/" +
             std::to_string(one.told) + " ";
  }
  EXPECT_EQ(shown, "i.a:odd:usual:10/10 i.driver::loaded:10/10 i.only:here::10/10 ");
  EXPECT_TRUE(Unlike(table, 3).empty());
}

TEST(HostDiff, WhatIsNotVisibleIsNoDifference) {
  tests::FleetTable made;
  made.Add("offline", {});  // its item failed
  for (int i = 0; i < 10; ++i)
    made.Add("online", {{"i.a", "usual"}}, {"i"});
  EXPECT_TRUE(Unlike(made.Done(), 0).empty());
}

TEST(HostDiff, FindsTheHostThatCounts) {
  std::vector<Host> hosts(3);
  hosts[0].name = "web01";
  hosts[0].reading = Reading::kOlder;
  hosts[1].name = "web01";
  hosts[2].name = "web02.example.com";
  EXPECT_EQ(FindHost(hosts, "WEB01"), 1U);
  EXPECT_EQ(FindHost(hosts, "web02"), 2U);
  EXPECT_FALSE(FindHost(hosts, "web03"));
}

}  // namespace
}  // namespace casepack::fleet
