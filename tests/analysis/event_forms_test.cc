#include "collector/analysis/event_forms.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {
namespace {

using Lines = std::vector<std::string>;

TEST(EventForms, AreToldApart) {
  struct Case {
    std::string_view text;
    EventForm form;
  };
  constexpr Case kCases[] = {
      {"Time,Level,Event ID\n", EventForm::kCsv},
      {"日時;レベル;イベントID\n", EventForm::kCsv},
      {"\"May 13, 2025 10:12:00\",Error,740,x\n", EventForm::kCsv},
      {"CEF:0|a|b|c|1|d|3|", EventForm::kCef},
      {"<134>May 13 10:11:48 dsm01 CEF: 0|a|b", EventForm::kCef},
      {"LEEF:2.0|a|b|c|1|", EventForm::kLeef},
      {" [\n {\"EventID\": 1}]", EventForm::kJson},
      {"{\"Records\": []}", EventForm::kJson},
      {"rest\n2018-06-25 17:52:14.000000: [Error/1] | CEF:0|a|b", EventForm::kAgentLog},
      {"hello\nTime: May 13, 2025 10:11:44\nLevel: Info\n", EventForm::kAgentBlock},
      {"時刻: 2021-06-30 12:39:27\nレベル: エラー\n", EventForm::kAgentBlock},
      {"「ID:165 エラー セキュリティアップデートの失敗」", EventForm::kAgentBlock},
      {"[Info] something", EventForm::kUnknown},
      {"{ not json }", EventForm::kUnknown},
      {"Time,Level\n1,2\n", EventForm::kUnknown},
      {"", EventForm::kUnknown},
  };
  for (const Case& c : kCases)
    EXPECT_EQ(GuessEventForm(c.text, TestWords()), c.form) << c.text;
}

TEST(EventForms, WhatNobodyKnowsIsOneProblem) {
  const ParsedEvents parsed = ParseEvents("Dear support,\n", TestWords());
  EXPECT_TRUE(parsed.events.empty());
  EXPECT_EQ(ProblemsOf(parsed), Lines{"1 analysis.event.form"});
}

TEST(EventForms, ReadsNoMoreThanItMay) {
  EventLimits limits;
  limits.input_bytes = 21;
  const ParsedEvents parsed = ParseEvents("Event ID,Event\n740,a\n765,b\n", TestWords(), limits);
  EXPECT_EQ(parsed.events.size(), 1U);
  EXPECT_EQ(ProblemsOf(parsed), Lines{"1 analysis.event.too_long"});
}

std::string FileOf(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(CASEPACK_SOURCE_DIR "/tests/fuzz/corpus/" + name, std::ios::binary).rdbuf();
  return text.str();
}

// The same export as an older Japanese console writes it, and as Excel saves it.
TEST(EventForms, ReadsEveryEncodingOfOneExport) {
  const std::string files[] = {"event_csv/console_ja.csv", "event_forms/console_ja_cp932.csv",
                               "event_forms/console_ja_utf16.csv"};
  for (const std::string& file : files) {
    const ParsedEvents parsed = ParseEvents(FileOf(file), TestWords());
    EXPECT_EQ(ProblemsOf(parsed), Lines{}) << file;
    EXPECT_EQ(parsed.form, EventForm::kCsv);
    ASSERT_EQ(parsed.events.size(), 2U) << file;
    EXPECT_EQ(parsed.events[0].title,
              "ソフトウェアアップデート: 不正プログラム対策モジュールのインストール失敗");
    ASSERT_EQ(parsed.events[0].nested.size(), 1U);
    EXPECT_EQ(parsed.events[0].nested[0].title, "保護モジュールの配信失敗");
    EXPECT_EQ(MeaningsOf(parsed.events), (Lines{"am_module.install_failed", "module.deploy_failed",
                                                "security_update.failed"}));
  }
}

TEST(EventForms, EverySampleIsReadWithoutAProblem) {
  size_t files = 0;
  for (const char* folder : {"event_csv", "event_syslog", "event_json", "event_agent"}) {
    const std::filesystem::path path =
        std::string(CASEPACK_SOURCE_DIR "/tests/fuzz/corpus/") + folder;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      const std::string name = std::string(folder) + "/" + entry.path().filename().string();
      const ParsedEvents parsed = ParseEvents(FileOf(name), TestWords());
      EXPECT_FALSE(parsed.events.empty()) << name;
      EXPECT_EQ(ProblemsOf(parsed), Lines{}) << name;
      ++files;
    }
  }
  EXPECT_GE(files, 12U);
}

}  // namespace
}  // namespace casepack::analysis
