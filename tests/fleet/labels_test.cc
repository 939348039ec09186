#include "collector/fleet/labels.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

TEST(Labels, AFileGivesThemToHosts) {
  tests::FleetTable made;
  for (int i = 0; i < 3; ++i)
    made.Add("online", {});
  Table& table = made.Done();
  const LabelsGiven given =
      GiveLabels(table, {{"H0", {{"site", "tokyo"}}}, {"h2", {{"site", "osaka"}}}, {"h9", {}}});
  EXPECT_EQ(given.hosts, 2U);
  EXPECT_EQ(given.unknown, 1U);
  EXPECT_EQ(given.contradictions, 0U);
  EXPECT_EQ(ValuesBy(table, "site"), (std::vector<std::string>{"tokyo", "", "osaka"}));
}

TEST(Labels, ContradictionsAreCounted) {
  tests::FleetTable made;
  made.Add("online", {{"label.site", "nagoya"}});
  made.Add("online", {{"label.site", "nagoya"}});
  Table& table = made.Done();
  const LabelsGiven given = GiveLabels(
      table,
      {{"h0", {{"site", "tokyo"}}}, {"h0", {{"site", "osaka"}}}, {"h0", {{"site", "tokyo"}}}});
  EXPECT_EQ(given.contradictions, 2U);  // with itself, and with the bundle
  EXPECT_EQ(ValuesBy(table, "site"), (std::vector<std::string>{"tokyo", "nagoya"}));
}

TEST(Labels, AllBundlesOfAHostGetThem) {
  tests::FleetTable made;
  made.Add("online", {});
  made.Add("offline", {});
  made.table.hosts()[1].name = "h0";
  Table& table = made.Done();
  GiveLabels(table, {{"h0", {{"site", "tokyo"}}}});
  EXPECT_EQ(ValuesBy(table, "site"), (std::vector<std::string>{"tokyo", "tokyo"}));
}

}  // namespace
}  // namespace casepack::fleet
