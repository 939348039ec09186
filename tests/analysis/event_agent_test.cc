#include "collector/analysis/event_agent.h"

#include <gtest/gtest.h>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

Event WithText(std::string text) {
  Event event;
  event.line = 4;
  event.text = std::move(text);
  SplitNestedEvents(event, TestContext());
  return event;
}

TEST(EventAgent, ReadsAJapaneseBlock) {
  const Event event = WithText(
      "不正プログラム対策のインストール失敗\n\n"
      "Agent/Applianceイベント:\n"
      "時刻: 2021-06-30 12:39:27\n"
      "レベル: エラー\n"
      "イベントID: 5102\n"
      "イベント: 保護モジュールの配信失敗\n"
      "説明: Feature 「am」のインストールに失敗しました: relay01.example.test\n"
      "Could not resolve host: relay01.example.test");
  EXPECT_EQ(event.text, "不正プログラム対策のインストール失敗");
  ASSERT_EQ(event.nested.size(), 1U);
  const Event& nested = event.nested[0];
  EXPECT_EQ(TimeOf(nested), "2021-06-30T12:39:27Z zone unknown");
  EXPECT_EQ(nested.level, EventLevel::kError);
  EXPECT_EQ(nested.space, EventSpace::kAgent);
  EXPECT_EQ(nested.id, 5102);
  EXPECT_EQ(nested.title, "保護モジュールの配信失敗");
  EXPECT_EQ(nested.line, 4U);
  EXPECT_EQ(nested.text,
            "Feature 「am」のインストールに失敗しました: relay01.example.test\n"
            "Could not resolve host: relay01.example.test");
}

TEST(EventAgent, ReadsEnglishBlocksWithEmptyLinesInThem) {
  const Event event = WithText(
      "Pattern update skipped\r\n\r\nAgent/Appliance Event(s):\r\n\r\n"
      "Time: May 13, 2025 10:11:44\r\nLevel: Info\r\nEvent ID: 9020\r\nEvent: Skipped\r\n"
      "Description: Anti-malware is off. ...\r\n\r\nUpdate skipped because the AM feature is "
      "off\r\n"
      "\r\nTime: May 13, 2025 10:11:45\r\nLevel: Warning\r\nEvent ID: 9012\r\nEvent: Lost\r\n"
      "Description: Time: 12 minutes\r\nLevel: high");
  EXPECT_EQ(event.text, "Pattern update skipped");
  ASSERT_EQ(event.nested.size(), 2U);
  EXPECT_EQ(event.nested[0].id, 9020);
  EXPECT_EQ(event.nested[0].text,
            "Anti-malware is off. ...\n\nUpdate skipped because the AM feature is off");
  EXPECT_EQ(event.nested[1].id, 9012);
  // What looks like labels in a description is its text.
  EXPECT_EQ(event.nested[1].level, EventLevel::kWarning);
  EXPECT_EQ(event.nested[1].text, "Time: 12 minutes\nLevel: high");
}

TEST(EventAgent, ReadsFullWidthLabels) {
  const Event event =
      WithText("時刻： 2021-06-30 12:39:27\nレベル：警告\nイベント ID：9012\n説明：x");
  ASSERT_EQ(event.nested.size(), 1U);
  EXPECT_EQ(event.nested[0].id, 9012);
  EXPECT_EQ(event.text, "");
}

TEST(EventAgent, LeavesATextWithoutBlocksAlone) {
  for (const std::string text :
       {"Time: 12\nit took long", "Time: May 13, 2025 10:11:44", "Level: x",
        "時刻が違います: 時刻:\nレベル: エラー", "a\n\nb:\n", ""}) {
    const Event event = WithText(text);
    EXPECT_EQ(event.text, text);
    EXPECT_TRUE(event.nested.empty()) << text;
  }
}

TEST(EventAgent, KeepsItsLimits) {
  EventLimits limits;
  limits.nested = 2;
  limits.text_bytes = 10;
  Event event;
  for (int i = 0; i < 5; ++i)
    event.text += "Time: May 13, 2025 10:11:44\nEvent ID: 1\nDescription: 01234567\n\n\nabc\n";
  SplitNestedEvents(event, {TestWords(), limits});
  ASSERT_EQ(event.nested.size(), 2U);
  EXPECT_EQ(event.nested[1].text, "01234567");  // and two line breaks
}

TEST(EventAgent, ReadsBlocksByThemselves) {
  const ParsedEvents parsed = ParseAgentBlocks(
      "copied from the console:\n"
      "時刻: 2021-06-30 12:39:27\nレベル: エラー\nイベントID: 5102\nイベント: a\n説明: b\n\n"
      "時刻: いつか\nレベル: エラー\nイベントID: 5102\nイベント: c\n",
      TestContext());
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(parsed.events[0].line, 2U);
  EXPECT_EQ(parsed.events[0].text, "b");
  EXPECT_EQ(parsed.events[1].title, "c");
  EXPECT_EQ(ProblemsOf(parsed), Lines{"8 analysis.event.time"});
}

TEST(EventAgent, ReadsEventsAsTheVendorQuotesThem) {
  const ParsedEvents parsed = ParseAgentBlocks(
      "お世話になっております。\n"
      "システムイベント:「ID:165 エラー セキュリティアップデートの失敗」\n"
      "詳細:\nコンポーネントをアップデートできませんでした:\n"
      "[セキュリティアップデートのタイムアウト。要求は21/06/30 10:51を発行しました]\n"
      "「ID:2202 エラー ソフトウェアアップデート: "
      "不正プログラム対策モジュールのインストール失敗」\n"
      "時刻: 2021-06-30 12:39:27\nレベル: エラー\nイベントID: 5102\n説明: b\n",
      TestContext());
  ASSERT_EQ(parsed.events.size(), 2U);
  EXPECT_EQ(parsed.events[0].id, 165);
  EXPECT_EQ(parsed.events[0].level, EventLevel::kError);
  EXPECT_EQ(parsed.events[0].space, EventSpace::kSystem);
  EXPECT_EQ(parsed.events[0].title, "セキュリティアップデートの失敗");
  EXPECT_NE(parsed.events[0].text.find("タイムアウト"), std::string::npos);
  EXPECT_EQ(parsed.events[1].id, 2202);
  EXPECT_EQ(parsed.events[1].title,
            "ソフトウェアアップデート: 不正プログラム対策モジュールのインストール失敗");
  ASSERT_EQ(parsed.events[1].nested.size(), 1U);
  EXPECT_EQ(parsed.events[1].nested[0].id, 5102);
  // A sentence about an event is none.
  EXPECT_FALSE(IsQuotedEvent("「ID:165 エラー x」イベントが発生している場合", TestWords()));
  EXPECT_FALSE(IsQuotedEvent("「ID:x」", TestWords()));
}

}  // namespace
}  // namespace casepack::analysis
