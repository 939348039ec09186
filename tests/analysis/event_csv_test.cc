#include "collector/analysis/event_csv.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

ParsedEvents Parse(std::string_view text) { return ParseCsvEvents(text, TestContext()); }

constexpr std::string_view kEnglish =
    "Time,Level,Event ID,Event,Tag(s),Event Origin,Target,Action By,Manager,Description\n";

TEST(EventCsv, ReadsAnEnglishExport) {
  const ParsedEvents parsed = Parse(
      std::string(kEnglish) +
      "\"May 13, 2025 10:11:48\",Info,2206,Security Update: Pattern Update on Agents/Appliances "
      "Skipped,,Agent,HOST01.example.test,System,mgr-node-1,\"Security Update: skipped\n\n"
      "Agent/Appliance Event(s):\n\nTime: May 13, 2025 10:11:44\nLevel: Info\nEvent ID: 9020\n"
      "Event: Skipped\nDescription: said \"\"off\"\". ...\n\nUpdate skipped because the AM feature "
      "is off\"\n"
      "\"May 13, 2025 10:12:00\",Error,740,Agent/Appliance Error,,Manager,HOST02,System,mgr,x\n");
  EXPECT_TRUE(parsed.problems.empty());
  ASSERT_EQ(parsed.events.size(), 2U);
  const Event& event = parsed.events[0];
  EXPECT_EQ(event.line, 2U);
  EXPECT_EQ(TimeOf(event), "2025-05-13T10:11:48Z zone unknown");
  EXPECT_EQ(event.level, EventLevel::kInfo);
  EXPECT_EQ(event.space, EventSpace::kSystem);
  EXPECT_EQ(event.id, 2206);
  EXPECT_EQ(event.origin, "Agent");
  EXPECT_EQ(event.target, "HOST01.example.test");
  EXPECT_EQ(FieldOf(event, "actor"), "System");
  EXPECT_EQ(FieldOf(event, "manager"), "mgr-node-1");
  EXPECT_EQ(event.text, "Security Update: skipped");
  ASSERT_EQ(event.nested.size(), 1U);
  EXPECT_EQ(event.nested[0].text,
            "said \"off\". ...\n\nUpdate skipped because the AM feature is off");
  EXPECT_EQ(parsed.events[1].line, 13U);
}

TEST(EventCsv, ReadsJapaneseExports) {
  // 11 and 12 say 時刻, 20 says 日時; and the user chose the columns.
  for (const std::string time : {"時刻", "日時"}) {
    const ParsedEvents parsed =
        Parse(time + ",レベル,イベントID,イベント,タグ,対象,説明\n" +
              "2021/06/30 10:55:12,エラー,165,セキュリティアップデートの失敗,,HOST02,"
              "\"コンポーネントをアップデートできませんでした:\n"
              "[セキュリティアップデートのタイムアウト。要求は21/06/30 10:51を発行しました]\"\n");
    EXPECT_TRUE(parsed.problems.empty());
    ASSERT_EQ(parsed.events.size(), 1U);
    EXPECT_EQ(parsed.events[0].id, 165);
    EXPECT_EQ(parsed.events[0].level, EventLevel::kError);
    EXPECT_EQ(TimeOf(parsed.events[0]), "2021-06-30T10:55:12Z zone unknown");
    EXPECT_EQ(parsed.events[0].target, "HOST02");
    EXPECT_NE(parsed.events[0].text.find("タイムアウト"), std::string::npos);
  }
}

TEST(EventCsv, ReadsAnyOrderAndOtherSeparators) {
  for (const char separator : {',', ';', '\t'}) {
    std::string text = "イベントID,説明,Reserve\n2205,x,y\n";
    std::replace(text.begin(), text.end(), ',', separator);
    const ParsedEvents parsed = Parse(text);
    ASSERT_EQ(parsed.events.size(), 1U) << separator;
    EXPECT_EQ(parsed.events[0].id, 2205);
    EXPECT_EQ(parsed.events[0].text, "x");
    EXPECT_EQ(FieldOf(parsed.events[0], "Reserve"), "y");
    EXPECT_EQ(TimeOf(parsed.events[0]), "none");
  }
}

TEST(EventCsv, ReadsOnBehindALineBeforeTheHeaderAndASecondHeader) {
  const ParsedEvents parsed = Parse("exported by someone\n\nEvent ID,Event\n740,a\n" +
                                    std::string("Event,Event ID\nb,765\n"));
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(parsed.events[1].id, 765);
  EXPECT_EQ(parsed.events[1].title, "b");
}

TEST(EventCsv, AFileWithoutItsHeaderIsReadAsUsual) {
  const ParsedEvents parsed = Parse(
      "rest of a description\"\n"
      "\"May 13, 2025 10:12:00\",Error,740,Agent/Appliance Error,,Manager,HOST02,System,mgr,x\n");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].id, 740);
  EXPECT_EQ(parsed.events[0].text, "x");
  EXPECT_EQ(ProblemsOf(parsed), Lines{"2 analysis.event.csv_no_header"});
}

TEST(EventCsv, TellsWhatItCannotRead) {
  const ParsedEvents parsed = Parse(
      "Time,Event ID,Event\n"
      "05/06/2025 10:00,740,a,beyond\n"
      ",,\n"
      "\"May 13, 2025 10:12:00\",,\n"
      "\"May 13, 2025 10:12:00\",x,b\n"
      "\"May 13, 2025 10:12:00\",740,\"cut\n");
  EXPECT_EQ(parsed.events.size(), 3U);
  EXPECT_EQ(ProblemsOf(parsed),
            (Lines{"2 analysis.event.csv_cells", "2 analysis.event.time", "4 analysis.event.empty",
                   "5 analysis.event.id", "6 analysis.event.csv_quote"}));
  EXPECT_EQ(ProblemsOf(Parse("a,b\nc,d\n")), Lines{"1 analysis.event.csv_header"});
}

TEST(EventCsv, AQuoteThatNobodyClosesTakesNoOtherRow) {
  const ParsedEvents parsed = Parse(
      "Time,Event ID,Event\n"
      "\"May 13, 2025 10:12:00\",740,\"cut\n"
      "more\n"
      "\"May 13, 2025 10:13:00\",765,c\n");
  // Its closing quote is the one that opens the next row: RFC 4180 leaves no other way.
  ASSERT_FALSE(parsed.events.empty());
  EXPECT_EQ(parsed.events[0].id, 740);
}

TEST(EventCsv, KeepsItsLimits) {
  EventLimits limits;
  limits.events = 2;
  std::string text = "Event ID,Event\n";
  for (int i = 0; i < 10; ++i)
    text += "740,a\n";
  const ParsedEvents parsed = ParseCsvEvents(text, {TestWords(), limits});
  EXPECT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(ProblemsOf(parsed), Lines{"4 analysis.event.too_many"});
}

}  // namespace
}  // namespace casepack::analysis
