#include "collector/analysis/event_text.h"

#include <gtest/gtest.h>

namespace casepack::analysis {
namespace {

TEST(EventText, TrimsBlanksOfBothWidths) {
  EXPECT_EQ(TrimEventText(" \t\u3000a b\u00a0\r\n"), "a b");
  EXPECT_EQ(TrimEventText("\u3000 "), "");
  EXPECT_EQ(TrimEventText("時刻"), "時刻");
}

TEST(EventText, FoldsNames) {
  EXPECT_EQ(FoldEventName("\xef\xbb\xbf\x45vent ID"), "eventid");
  EXPECT_EQ(FoldEventName("Ｅｖｅｎｔ　ＩＤ"), "eventid");
  EXPECT_EQ(FoldEventName("Tag（s）"), "tag(s)");
  EXPECT_EQ(FoldEventName("イベント ID"), "イベントid");
}

TEST(EventText, FoldsClauses) {
  EXPECT_EQ(FoldEventClause("Engine \t Offline \n\u3000（基本）"), "engine offline\n(基本)");
  EXPECT_EQ(FoldEventClause(" a\r\nb "), " a\nb ");
}

TEST(EventText, CutsBetweenCharacters) {
  EXPECT_EQ(CutEventText("時刻", 6), "時刻");
  EXPECT_EQ(CutEventText("時刻", 5), "時");
  EXPECT_EQ(CutEventText("時刻", 2), "");
  EXPECT_EQ(CutEventText("abc", 2), "ab");
}

TEST(EventText, ReadsIds) {
  EXPECT_EQ(ParseEventId(" 2205 "), 2205);
  EXPECT_EQ(ParseEventId("0"), 0);
  EXPECT_EQ(ParseEventId("999999999"), 999999999);
  for (const std::string_view text : {"", "-1", "22 05", "0x16", "1.5", "1000000000", "２２０５"})
    EXPECT_EQ(ParseEventId(text), std::nullopt) << text;
}

// An unanchored search took the microseconds of healthy hosts for the event 2209.
TEST(EventText, FindsANumberThatStandsAlone) {
  for (const std::string_view text : {"2209", "event 2209.", "(2209)", "Event ID:2209", "ID: 2209,",
                                      "742209 and 2209", "イベント2209が", "id=2209"})
    EXPECT_TRUE(MentionsNumber(text, 2209)) << text;
  for (const std::string_view text :
       {"02:24:18.742209", "18.2209", "02:24:2209", "a.lua:2209:f", "0x2209", "A2209", "2209F",
        "22091", "12209", "2209.5", "ret=-2209", "2209-01", "10.0.0-2209", "220 9", ""})
    EXPECT_FALSE(MentionsNumber(text, 2209)) << text;
}

TEST(EventText, SplitsLabels) {
  EXPECT_EQ(SplitLabel("Level: Error")->label, "Level");
  EXPECT_EQ(SplitLabel("Level: Error: x")->value, "Error: x");
  EXPECT_EQ(SplitLabel("レベル：エラー")->label, "レベル");
  EXPECT_EQ(SplitLabel("レベル：エラー")->value, "エラー");
  EXPECT_FALSE(SplitLabel("no label"));
  EXPECT_FALSE(SplitLabel(": x"));
  EXPECT_FALSE(SplitLabel(std::string(64, 'a') + ": x"));
}

TEST(EventText, HandsOutLines) {
  EventLines lines("a\r\n\nb", 5);
  ASSERT_TRUE(lines.Next());
  EXPECT_EQ(lines.line(), "a");
  EXPECT_EQ(lines.number(), 5U);
  EXPECT_EQ(lines.rest(), "\nb");
  ASSERT_TRUE(lines.Next());
  EXPECT_EQ(lines.line(), "");
  ASSERT_TRUE(lines.Next());
  EXPECT_EQ(lines.line(), "b");
  EXPECT_EQ(lines.number(), 7U);
  EXPECT_FALSE(lines.Next());
}

}  // namespace
}  // namespace casepack::analysis
