#include "collector/analysis/event_cef.h"

#include <gtest/gtest.h>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

ParsedEvents Parse(std::string_view text) { return ParseCef(text, TestContext()); }

TEST(EventCef, ReadsASystemEvent) {
  const ParsedEvents parsed = Parse(
      "CEF:0|Trend Micro|Deep Security Manager|12.0.327|740|Agent/Appliance Error|8|src=192.0.2.20 "
      "suser=System target=HOST01 (192.0.2.61) TrendMicroDsTenant=Primary TrendMicroDsTenantId=0 "
      "TrendMicroDsReasonId=7 msg=The Agent/Appliance reported one or more errors.\\n\\n"
      "Agent/Appliance Event(s):\\n\\nTime: May 13, 2025 10:11:44\\nLevel: Error\\nEvent ID: "
      "5102\\n"
      "Event: Protection Module Deployment Failed\\nDescription: a\\=b\n");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_TRUE(parsed.problems.empty());
  const Event& event = parsed.events[0];
  EXPECT_EQ(event.space, EventSpace::kSystem);
  EXPECT_EQ(event.id, 740);
  EXPECT_EQ(event.level, EventLevel::kError);
  EXPECT_EQ(event.title, "Agent/Appliance Error");
  EXPECT_EQ(event.target, "HOST01 (192.0.2.61)");
  EXPECT_EQ(FieldOf(event, "product_version"), "12.0.327");
  EXPECT_EQ(FieldOf(event, "actor"), "System");
  EXPECT_EQ(FieldOf(event, "reason_id"), "7");
  EXPECT_EQ(TimeOf(event), "none");
  EXPECT_EQ(event.text, "The Agent/Appliance reported one or more errors.");
  ASSERT_EQ(event.nested.size(), 1U);
  EXPECT_EQ(event.nested[0].id, 5102);
  EXPECT_EQ(event.nested[0].text, "a=b");
}

TEST(EventCef, ReadsJapaneseAndABlankBehindTheMark) {
  const ParsedEvents parsed = Parse(
      "<134>1 2021-06-30T10:55:12+09:00 dsm01 CEF: 0|Trend Micro|Deep Security Manager|20.0|165|"
      "セキュリティアップデートの失敗|8|target=HOST02 msg=コンポーネントをアップデートできません");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].id, 165);
  EXPECT_EQ(TimeOf(parsed.events[0]), "2021-06-30T01:55:12Z");
  EXPECT_EQ(parsed.events[0].text, "コンポーネントをアップデートできません");
}

// The agent's numbers are rules: its 740 is no "Agent/Appliance Error".
TEST(EventCef, NumbersOfTheAgentAreAnotherTable) {
  const ParsedEvents parsed =
      Parse("CEF:0|Trend Micro|Deep Security Agent|20.0|740|Some rule|6|cn1=1 cn1Label=Host ID\n");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].space, EventSpace::kModule);
  EXPECT_EQ(parsed.events[0].level, EventLevel::kWarning);
  EXPECT_EQ(MeaningsOf(parsed.events), Lines{});
}

TEST(EventCef, TellsWhatItCannotRead) {
  const ParsedEvents parsed = Parse(
      "\nnot CEF\nCEF:0|a|b\nCEF:x|a|b|c|1|t|3|\n"
      "CEF:0|Trend Micro|Deep Security Manager|1|none|t|3|\n");
  EXPECT_EQ(ProblemsOf(parsed), (Lines{"2 analysis.event.cef_line", "3 analysis.event.cef_line",
                                       "4 analysis.event.cef_line", "5 analysis.event.id"}));
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].id, std::nullopt);
}

}  // namespace
}  // namespace casepack::analysis
