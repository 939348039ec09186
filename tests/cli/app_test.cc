#include "collector/cli/app.h"

#include <gtest/gtest.h>

#include "tests/cli/binary.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

TEST(App, AWrongWordIsExitTwoWithTheNearestRightOne) {
  struct Case {
    std::vector<std::string> words;
    const char* says;
  };
  const Case cases[] = {
      {{"colect"}, "did you mean collect?"},
      {{"collect", "--outptu", "x"}, "did you mean --output?"},
      {{"collect", "--only", "no.such.item"}, "casepack: error:"},
      {{"collect", "--product", "deep-securty"}, "did you mean deep-security?"},
      {{"manifest", "chekc", "x"}, "did you mean check?"},
      {{"show"}, "BUNDLE"},
      {{"collect", "--lang", "fr"}, "--lang fr"},
      {{"plan", "--root", "/no/such/folder"}, "/no/such/folder"},
  };
  for (const Case& c : cases) {
    const auto ran = RunCasepack(c.words);
    EXPECT_EQ(ran.exit, 2) << c.words.back() << ran.err;
    EXPECT_NE(ran.err.find(c.says), std::string::npos) << ran.err;
    EXPECT_EQ(ran.out, "") << c.words.back();
  }
}

TEST(App, SpeaksTheLanguageOfTheLocale) {
  const auto ran = RunCasepack({"colect"}, {{"LANG=ja_JP.UTF-8"}, "/", 0, 0});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find("casepack: エラー: \"colect\" というコマンドはありません"),
            std::string::npos)
      << ran.err;
}

TEST(App, HelpIsWhereItIsLookedFor) {
  for (const auto& words :
       std::vector<std::vector<std::string>>{{}, {"help"}, {"--help"}, {"-h"}}) {
    const auto ran = RunCasepack(words);
    EXPECT_EQ(ran.exit, 0);
    EXPECT_NE(ran.out.find("casepack collect"), std::string::npos);
  }
  EXPECT_NE(RunCasepack({"collect", "--help"}).out.find("--max-size SIZE"), std::string::npos);
}

}  // namespace
}  // namespace casepack::cli
