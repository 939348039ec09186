#include "collector/run/incident.h"

#include <gtest/gtest.h>

#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

struct IncidentTest : testing::Test {
  std::unique_ptr<os::Host> Host() { return std::move(*os::OpenHost({.root = tree_.root()})); }
  tests::TempTree tree_;
  IncidentOptions options_;
};

TEST_F(IncidentTest, TakesWhatIsTyped) {
  options_.error_time = "2021-06-30 12:39";
  options_.time_zone = "+09:00";
  options_.around = {std::chrono::hours(1), std::chrono::minutes(5)};
  const auto incident = ReadIncident(*Host(), options_);
  ASSERT_TRUE(incident);
  EXPECT_EQ(incident->row.error_from, "given");
  EXPECT_EQ(incident->row.error_zone, "+09:00");
  EXPECT_EQ(incident->row.zone_from, "given");
  EXPECT_EQ(base::FormatUtc(*incident->row.error_time), "2021-06-30T03:39:00Z");
  EXPECT_EQ(base::FormatUtc(incident->window.span.from), "2021-06-30T02:39:00Z");
  EXPECT_EQ(base::FormatUtc(incident->window.span.to), "2021-06-30T03:44:00Z");
}

TEST_F(IncidentTest, ItIsAsLateAsTheRunSays) {
  options_.now = base::ParseUtc("2023-11-14T22:13:20Z");
  const auto incident = ReadIncident(*Host(), options_);
  ASSERT_TRUE(incident);
  EXPECT_EQ(incident->row.error_from, "run");
  EXPECT_EQ(incident->row.error_time, options_.now);
  options_.error_time = "-2h";
  EXPECT_EQ(base::FormatUtc(ReadIncident(*Host(), options_)->row.error_time.value()),
            "2023-11-14T20:13:20Z");
}

TEST_F(IncidentTest, RefusesWhatIsNoTime) {
  for (const auto& [text, key] :
       {std::pair("soon", "run.incident.time"), std::pair("1971-01-01 00:00", "run.incident.time"),
        std::pair("2200-01-01 00:00", "run.incident.to_come")}) {
    options_.error_time = text;
    const auto incident = ReadIncident(*Host(), options_);
    ASSERT_FALSE(incident) << text;
    EXPECT_EQ(incident.error().code(), base::Code::kInvalid);
    EXPECT_EQ(incident.error().message().key, key);
  }
}

TEST_F(IncidentTest, FindsEvidenceOfThePlanElseTakesTheRun) {
  tree_.Write("a.log", "2024-11-22 10:00:00 Engine Offline password=hunter2xyz\n");
  std::vector<manifest::Manifest> manifests(1);
  manifests[0].items.emplace_back().id = "t.a";
  manifest::Evidence& evidence = manifests[0].evidence.emplace_back();
  evidence.id = "t.offline";
  evidence.paths = {"/a.log"};
  evidence.texts = {"Engine Offline"};
  const auto host = Host();
  const auto deadline = base::Deadline::After(std::chrono::seconds(60));

  auto incident = ReadIncident(*host, options_);
  ASSERT_TRUE(incident);
  FindIncident(*host, manifests, {}, options_, tests::TestEngine(), deadline, *incident);
  EXPECT_EQ(incident->row.error_from, "run");  // nothing of that manifest is planned

  Plan plan;
  plan.items.push_back({&manifests[0].items[0], nullptr, {}});
  FindIncident(*host, manifests, plan, options_, tests::TestEngine(), deadline, *incident);
  EXPECT_EQ(incident->row.error_from, "found");
  EXPECT_EQ(incident->row.evidence, "t.offline");
  EXPECT_EQ(incident->row.source, "/a.log");
  EXPECT_EQ(incident->row.line.substr(0, 34), "2024-11-22 10:00:00 Engine Offline");
  EXPECT_EQ(incident->row.line.find("hunter2xyz"), std::string::npos);
  EXPECT_EQ(base::FormatUtc(incident->window.error), "2024-11-22T10:00:00Z");
}

TEST_F(IncidentTest, FallsBackOnlyWhereNothingElseIsFound) {
  tree_.Write("a.log", "2024-11-22 10:00:00 Engine Offline\n2024-11-23 10:00:00 update failed\n");
  std::vector<manifest::Manifest> manifests(1);
  manifests[0].items.emplace_back().id = "t.a";
  for (const char* text : {"update failed", "Engine Offline"}) {
    manifest::Evidence& evidence = manifests[0].evidence.emplace_back();
    evidence.id = text;
    evidence.paths = {"/a.log"};
    evidence.texts = {text};
  }
  manifests[0].evidence[0].fallback = true;
  Plan plan;
  plan.items.push_back({&manifests[0].items[0], nullptr, {}});
  const auto host = Host();
  const auto found = [&] {
    auto incident = ReadIncident(*host, options_);
    EXPECT_TRUE(incident);
    FindIncident(*host, manifests, plan, options_, tests::TestEngine(),
                 base::Deadline::After(std::chrono::seconds(60)), *incident);
    return incident->row.evidence;
  };
  EXPECT_EQ(found(), "Engine Offline");
  manifests[0].evidence.pop_back();
  EXPECT_EQ(found(), "update failed");
}

}  // namespace
}  // namespace casepack::run
