#include "collector/analysis/seen_events.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

// The FAQ's own sample as the console exports it, in the encoding of old Japanese managers
// and in UTF-8 (deep-security.md 6.4).
constexpr const char* kJapanese =
    "時刻,レベル,イベントID,イベント,タグ,イベント送信元,対象,処理実行者,Manager,説明\n"
    "\"2021-06-30 12:39:30\",エラー,2202,ソフトウェアアップデート: 不正プログラム対策モジュールの"
    "インストール失敗,,Agent,HOST01,System,m1,\"不正プログラム対策のインストール失敗\n\n"
    "Agent/Applianceイベント:\n\n時刻: 2021-06-30 12:39:27\nレベル: エラー\nイベントID: 5102\n"
    "イベント: 保護モジュールの配信失敗\n説明: Feature 「am」のインストールに失敗しました: DSR\n"
    "Could not resolve host: DSR\"\n";

Known Read(const std::string& text, const std::string& kind, bool cut = false) {
  tests::MemoryContent content;
  content.Add("events.console", "events.csv", text);
  content.items[0].kind = kind;
  content.items[0].members[0].cut_tail = cut;
  Known known;
  ReadEvents(content.content(), &known);
  return known;
}

TEST(SeenEvents, NestedOnesStandForThemselves) {
  const Known known = Read(kJapanese, "event_file");
  EXPECT_TRUE(known.has_events);
  ASSERT_EQ(known.events.size(), 2U);
  EXPECT_EQ(known.events[0].id, 2202);
  EXPECT_EQ(known.events[1].id, 5102);
  EXPECT_NE(known.events[1].text.find("Could not resolve host: DSR"), std::string::npos);
  EXPECT_EQ(known.events[0].evidence.member, "raw/events.console/events.csv");
  EXPECT_EQ(known.events[0].evidence.line, 2U);
}

TEST(SeenEvents, WhatIsNotAWholeListRulesNothingOut) {
  EXPECT_FALSE(Read("no events at all\n", "event_file").has_events);
  const Known cut = Read(kJapanese, "event_file", true);
  EXPECT_FALSE(cut.has_events);
  EXPECT_EQ(cut.events.size(), 2U);
  EXPECT_TRUE(Read(kJapanese, "file").events.empty());
}

}  // namespace
}  // namespace casepack::analysis
