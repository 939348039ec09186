#include "collector/fleet/report.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

void Fill(tests::FleetTable& made) {
  for (int i = 0; i < 100; ++i) {
    made.Add(i < 20 ? "offline" : "online",
             {{"x.kernel", i < 20 ? "bad" : "good"}, {"label.site", i % 2 == 0 ? "a" : "b"}});
  }
  made.Done();
}

TEST(Report, PutsAllTogether) {
  tests::FleetTable made;
  Fill(made);
  const auto report = MakeReport(made.table, {});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->totals.hosts(), 100U);
  EXPECT_EQ(report->separators.found.size(), 1U);
  EXPECT_EQ(report->groups.found.size(), 1U);
  ASSERT_EQ(report->counts.size(), 1U);  // of the usual ones only what is told
  EXPECT_EQ(report->counts[0].by, "site");
  EXPECT_FALSE(report->inventory || report->labels || report->host);
}

TEST(Report, DoesWhatItIsAskedFor) {
  tests::FleetTable made;
  Fill(made);
  ReportOptions options;
  options.by = {"x.kernel", "nothing"};
  options.states.affected = {"online"};
  options.states.healthy = {"offline"};
  options.labels = std::vector<ListedHost>{{"h0", {{"tier", "web"}}}};
  options.inventory = std::vector<ListedHost>{{"h0", {}}, {"h777", {}}};
  options.host = "h30";
  const auto report = MakeReport(made.table, options);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->totals.sides[0], 80U);
  EXPECT_EQ(report->counts.size(), 2U);  // asked for: also what nobody tells
  EXPECT_EQ(report->labels->hosts, 1U);
  EXPECT_EQ(report->inventory->missing, std::vector<std::string>{"h777"});
  ASSERT_EQ(report->host->unusual.size(), 1U);
  EXPECT_EQ(report->host->unusual[0].usual, "bad");

  options.host = "nobody";
  EXPECT_EQ(MakeReport(made.table, options).error().code(), base::Code::kMissing);
}

TEST(Report, SeesClonedMachines) {
  tests::FleetTable made;
  Fill(made);
  for (Host& host : made.table.hosts())
    host.machine = "one";
  EXPECT_EQ(MakeReport(made.table, {})->shared_machine_ids, 1U);
}

}  // namespace
}  // namespace casepack::fleet
