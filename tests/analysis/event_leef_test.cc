#include "collector/analysis/event_leef.h"

#include <gtest/gtest.h>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

ParsedEvents Parse(std::string_view text) { return ParseLeef(text, TestContext()); }

constexpr std::string_view kHead = "LEEF:2.0|Trend Micro|Deep Security Manager|20.0.1|192|";

void ExpectAlert(const ParsedEvents& parsed) {
  ASSERT_EQ(parsed.events.size(), 1U);
  const Event& event = parsed.events[0];
  EXPECT_EQ(event.id, 192);
  EXPECT_EQ(event.space, EventSpace::kSystem);
  EXPECT_EQ(event.title, "Alert Ended");
  EXPECT_EQ(event.level, EventLevel::kInfo);
  EXPECT_EQ(event.text, "Alert: CPU Warning\nSubject: 192.0.2.8");
  EXPECT_EQ(FieldOf(event, "cat"), "System");
  EXPECT_EQ(FieldOf(event, "actor"), "System");
  EXPECT_EQ(FieldOf(event, "text"), "Alert: CPUWarning a=b");
}

TEST(EventLeef, ReadsTabs) {
  ExpectAlert(Parse(std::string(kHead) +
                    "cat=System\tname=Alert Ended\tdesc=Alert: CPU Warning\\nSubject: 192.0.2.8\t"
                    "sev=3\tsrc=192.0.2.14\tusrName=System\tmsg=Alert: CPUWarning a=b\n"));
}

TEST(EventLeef, ReadsItsOwnSeparator) {
  const std::string attributes =
      "cat=System^name=Alert Ended^desc=Alert: CPU Warning\\nSubject: 192.0.2.8^sev=3^"
      "usrName=System^msg=Alert: CPUWarning a=b";
  for (const std::string separator : {"^|", "x5E|", "0x5e|"})
    ExpectAlert(Parse(std::string(kHead) + separator + attributes));
}

TEST(EventLeef, ReadsWhatLostItsTabs) {
  ExpectAlert(
      Parse(std::string(kHead) +
            "cat=System name=Alert Ended desc=Alert: CPU Warning\\nSubject: 192.0.2.8 sev=3 "
            "src=192.0.2.14 usrName=System msg=Alert: CPUWarning a=b"));
}

TEST(EventLeef, ReadsJapaneseAndItsTime) {
  const ParsedEvents parsed = Parse(
      "LEEF:2.0|Trend Micro|Deep Security Manager|20.0.1|2205||"
      "name=セキュリティアップデート: "
      "Agent/Applianceでのパターンファイルのアップデート失敗\tsev=6\t"
      "devTime=2021-06-30T10:55:12+09:00\n");
  ASSERT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(parsed.events[0].level, EventLevel::kWarning);
  EXPECT_EQ(TimeOf(parsed.events[0]), "2021-06-30T01:55:12Z");
  EXPECT_EQ(MeaningsOf(parsed.events), Lines{"pattern_update.failed"});
}

TEST(EventLeef, TellsWhatItCannotRead) {
  const ParsedEvents parsed = Parse("x\nLEEF:2.0|a|b\n");
  EXPECT_TRUE(parsed.events.empty());
  EXPECT_EQ(ProblemsOf(parsed),
            (Lines{"1 analysis.event.leef_line", "2 analysis.event.leef_line"}));
}

}  // namespace
}  // namespace casepack::analysis
