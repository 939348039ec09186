#include "collector/cli/console.h"

#include <gtest/gtest.h>

namespace casepack::cli {
namespace {

using report::Language;

class ConsoleTest : public testing::Test {
 protected:
  std::string Said(const base::Message& message, Language language = Language::kEnglish) {
    Console console(words_, language);
    testing::internal::CaptureStderr();
    console.Error(message);
    return testing::internal::GetCapturedStderr();
  }
  report::Words words_;
};

TEST_F(ConsoleTest, AnErrorIsOneLineThenWhatToDo) {
  EXPECT_EQ(Said({"cli.bad_size", {{"flag", "--max-size"}, {"value", "x"}}}),
            "casepack: error: --max-size x: not a size of at least 64K\n  write 500K, 50M or 1G\n");
  EXPECT_EQ(Said({"cli.bad_language", {{"value", "fr"}}}, Language::kJapanese),
            "casepack: エラー: --lang fr: ja または en を指定してください\n");
}

TEST_F(ConsoleTest, ANearestWordIsOffered) {
  const std::string said =
      Said({"cli.unknown_command", {{"word", "colect"}, {"nearest", "collect"}}});
  EXPECT_NE(said.find("  did you mean collect?\n"), std::string::npos) << said;
  EXPECT_EQ(Said({"cli.unknown_command", {{"word", "x"}, {"nearest", ""}}}).find("did you mean"),
            std::string::npos);
}

TEST_F(ConsoleTest, WhatAHostSaysCannotDriveTheTerminal) {
  const std::string said = Said({"os.user_file.missing", {{"path", "/x\x1b[2J\n"}}});
  EXPECT_EQ(said.find('\x1b'), std::string::npos);
  EXPECT_EQ(said, "casepack: error: /x\\x1b[2J\\n: no such file\n");
}

TEST_F(ConsoleTest, DataAndTalkGoTheirOwnWays) {
  Console console(words_, Language::kEnglish);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  console.OutLine("data");
  console.ErrLine("talk");
  EXPECT_TRUE(console.Flush());
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "data\n");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "talk\n");
}

}  // namespace
}  // namespace casepack::cli
