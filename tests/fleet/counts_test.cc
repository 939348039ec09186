#include "collector/fleet/counts.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

using tests::FleetTable;

std::string Shown(const Counts& counts) {
  std::string text;
  for (const CountRow& row : counts.rows) {
    text += row.value + ":" + std::to_string(row.sides[0]) + "/" + std::to_string(row.sides[1]) +
            "/" + std::to_string(row.sides[2]) + " ";
  }
  return text;
}

TEST(Counts, SidesComeFromStates) {
  FleetTable made;
  for (const char* state : {"offline", "online", "degraded", "", "off"})
    made.Add(state, {});
  Table& table = made.Done();
  Totals totals = CountTotals(table.hosts());
  EXPECT_EQ(totals.sides, (std::array<uint32_t, 3>{1, 1, 3}));
  EXPECT_EQ(totals.states.at(""), 1U);
  TakeSides(table.hosts(), {{"degraded", "off"}, {"online", "offline"}});
  totals = CountTotals(table.hosts());
  EXPECT_EQ(totals.sides, (std::array<uint32_t, 3>{2, 2, 1}));
}

TEST(Counts, ByADimensionALabelOrAFact) {
  FleetTable made;
  made.Add("offline", {{"agent.core_version", "20.0.1-7380"}, {"label.site", "tokyo"}});
  made.Add("offline", {{"agent.core_version", "20.0.1-9400"}, {"label.site", "osaka"}});
  made.Add("online", {{"agent.package", "20.0.0.8453"}, {"label.site", "tokyo"}});
  made.Add("degraded", {{"x.y", "z"}});
  Table& table = made.Done();
  EXPECT_EQ(Shown(CountBy(table, "version")), "20.0.1:2/0/0 20.0.0:0/1/0 :0/0/1 ");
  EXPECT_EQ(Shown(CountBy(table, "build")),
            "20.0.1-7380:1/0/0 20.0.1-9400:1/0/0 20.0.0.8453:0/1/0 :0/0/1 ");
  EXPECT_EQ(Shown(CountBy(table, "site")), "tokyo:1/1/0 osaka:1/0/0 :0/0/1 ");
  EXPECT_EQ(Shown(CountBy(table, "x.y")), "z:0/0/1 :2/1/0 ");
  EXPECT_EQ(Shown(CountBy(table, "nothing")), ":2/1/1 ");
}

TEST(Counts, WhatDoesNotCountIsNotCounted) {
  FleetTable made;
  made.Add("offline", {{"label.site", "tokyo"}});
  made.Add("offline", {{"label.site", "tokyo"}});
  made.table.hosts()[1].reading = Reading::kOlder;
  EXPECT_EQ(Shown(CountBy(made.Done(), "site")), "tokyo:1/0/0 ");
}

TEST(Onset, StepsFitTheSpan) {
  const auto onset = [](std::initializer_list<int> hours) {
    std::vector<Host> hosts;
    for (const int hour : hours) {
      Host host;
      host.side = Side::kAffected;
      host.since = tests::kDay + std::chrono::hours(hour);
      hosts.push_back(host);
    }
    hosts.emplace_back().side = Side::kHealthy;
    hosts.emplace_back().side = Side::kAffected;
    return CountOnset(hosts);
  };
  const Onset hours = onset({0, 0, 5});
  EXPECT_EQ(hours.counts,
            (std::map<std::string, uint32_t>{{"2026-11-22T10Z", 2}, {"2026-11-22T15Z", 1}}));
  EXPECT_EQ(hours.not_known, 1U);
  EXPECT_EQ(onset({0, 24 * 10}).counts.begin()->first, "2026-11-22");
  EXPECT_EQ(onset({0, 24 * 200}).counts.begin()->first, "2026-11");
  EXPECT_TRUE(onset({}).counts.empty());
  EXPECT_EQ(onset({0}).counts.size(), 1U);
}

}  // namespace
}  // namespace casepack::fleet
