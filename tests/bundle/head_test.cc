#include "collector/bundle/head.h"

#include <gtest/gtest.h>

#include "collector/bundle/index_parse.h"
#include "collector/bundle/index_write.h"
#include "tests/bundle/index_fixture.h"

namespace casepack::bundle {
namespace {

using base::Code;

TEST(Head, SaysWhatTheIndexSays) {
  Index index = tests::FullIndex();
  AnalysisRow& analysis = index.analysis.emplace();
  analysis.roles = {"agent", "relay"};
  analysis.verdict.state = "offline";
  analysis.verdict.since = index.created;
  analysis.verdict.since_from = "found";
  analysis.verdict.top_finding = "cause.a";
  analysis.verdict.top_state = "likely";
  analysis.verdict.evidence.push_back({"agent.am.mode", "x", "raw/a", 1, "日本語 \"}"});
  analysis.verdict.evidence.push_back({"", "an event", "raw/a", 1, ""});
  const auto head = ParseHead(WriteIndexJson(index));
  ASSERT_TRUE(head) << head.error().message().key;
  EXPECT_EQ(head->tool.version, index.tool.version);
  EXPECT_EQ(head->tool.manifests_sha256, index.tool.manifests_sha256);
  EXPECT_EQ(head->bundle_id, index.bundle_id);
  EXPECT_EQ(head->created, index.created);
  EXPECT_FALSE(head->complete);
  EXPECT_EQ(head->host.name, index.host.name);
  EXPECT_EQ(head->host.machine_id_hash, index.host.machine_id_hash);
  EXPECT_EQ(head->host.kernel, index.host.kernel);
  EXPECT_TRUE(head->host.as_root);
  EXPECT_EQ(head->labels, index.labels);
  EXPECT_EQ(head->roles, analysis.roles);
  EXPECT_EQ(head->state, "offline");
  EXPECT_EQ(head->since, index.created);
  EXPECT_EQ(head->top_finding, "cause.a");
  EXPECT_EQ(head->evidence, std::vector<std::string>{"agent.am.mode"});
  ASSERT_EQ(head->items.size(), 2U);
  EXPECT_EQ(head->items[0].first, "host.os-release");
  EXPECT_EQ(head->items[0].second, Outcome::kTimedOut);
}

TEST(Head, RefusesWhatTheParserOfTheWholeRefuses) {
  const char* cases[] = {
      "",
      "{}",
      "[]",
      "7",
      "{",
      R"({"format":"casepack-bundle/2"})",
      R"({"format":"other/1"})",
      R"({"format":1})",
      R"({"format":"casepack-bundle/1","created":"yesterday"})",
      R"({"format":"casepack-bundle/1","host":[]})",
      R"({"format":"casepack-bundle/1","host":{"as_root":1}})",
      R"({"format":"casepack-bundle/1","labels":{"site":7}})",
      R"({"format":"casepack-bundle/1","items":7})",
      R"({"format":"casepack-bundle/1","items":[7]})",
      R"({"format":"casepack-bundle/1"} trailing)",
      R"({"format":"casepack-bundle/1","complete":"yes"})",
  };
  for (const char* text : cases) {
    const auto head = ParseHead(text);
    const auto index = ParseIndexJson(text);
    ASSERT_FALSE(index) << text;
    ASSERT_FALSE(head) << text;
    EXPECT_EQ(head.error().code(), index.error().code()) << text;
  }
  EXPECT_TRUE(ParseHead(R"({"format":"casepack-bundle/1.7","new":{"x":[1]}})"));
}

TEST(Head, TextsAndListsAreBounded) {
  const std::string huge(1'000'000, 'x');
  const auto head =
      ParseHead(R"({"format":"casepack-bundle/1","host":{"name":")" + huge + R"("}})");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->host.name.size(), 1024U);
  std::string items;
  for (int i = 0; i < 20'000; ++i)
    items += i > 0 ? ",{}" : "{}";
  EXPECT_EQ(ParseHead(R"({"format":"casepack-bundle/1","items":[)" + items + "]}")->items.size(),
            10'000U);
}

}  // namespace
}  // namespace casepack::bundle
