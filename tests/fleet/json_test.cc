#include "collector/fleet/json.h"

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

TEST(FleetJson, IsReadBack) {
  tests::FleetTable made;
  for (int i = 0; i < 100; ++i) {
    made.Add(i < 20 ? "offline" : "online", {{"x.kernel", i < 20 ? "bad" : "good"},
                                             {"package.kernel", i < 20 ? "2" : "1"},
                                             {"label.site", "<script>"}});
  }
  Host broken;
  broken.path = "b.tar.gz";
  broken.reading = Reading::kBroken;
  broken.reason = {"bundle.reader.damaged", {}};
  made.table.AddUnread(broken);
  made.table.Close();
  ReportOptions options;
  options.host = "h1";
  options.labels = std::vector<ListedHost>{{"h0", {{"tier", "web"}}}};
  options.inventory = std::vector<ListedHost>{{"h0", {}}};
  const auto report = MakeReport(made.table, options);
  const auto json =
      base::ParseJson(base::WriteJson(ReportJson(made.table, *report), base::JsonStyle::kIndented));
  ASSERT_TRUE(json) << json.error().message().key;
  EXPECT_EQ(json->StringOr("format", ""), kReportFormat);
  EXPECT_EQ(json->Find("totals")->IntegerOr("affected", 0), 20);
  EXPECT_EQ(json->Find("totals")->Find("readings")->IntegerOr("broken", 0), 1);
  const base::Json& first = json->Find("separators")->Find("found")->array()->at(0);
  EXPECT_EQ(first.Find("facts")->array()->at(0).StringOr("key", ""), "x.kernel");
  EXPECT_EQ(first.IntegerOr("affected_with", 0), 20);
  EXPECT_LT(*first.Find("log10_q")->number(), -10);
  EXPECT_EQ(first.Find("folded")->array()->size(), 1U);
  EXPECT_EQ(json->Find("counts")->array()->at(0).StringOr("by", ""), "site");
  EXPECT_EQ(json->Find("uncounted")->array()->at(0).StringOr("reason", ""),
            "bundle.reader.damaged");
  EXPECT_EQ(json->Find("host")->StringOr("host", ""), "h1");
  EXPECT_EQ(json->Find("inventory")->IntegerOr("found", 0), 1);
  EXPECT_EQ(json->Find("group_file")->IntegerOr("hosts", 0), 1);
  EXPECT_EQ(json->Find("groups")->Find("found")->array()->at(0).Find("hosts")->array()->size(),
            20U);
}

}  // namespace
}  // namespace casepack::fleet
