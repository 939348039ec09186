#include <gtest/gtest.h>

#include "tests/cli/binary.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

TEST(HelpCommand, ShowsACommandTheManPageAndCompletions) {
  EXPECT_NE(RunCasepack({"help", "plan"}).out.find("--product NAME|none"), std::string::npos);
  EXPECT_EQ(RunCasepack({"help", "--man"}).out.rfind(".TH CASEPACK", 0), 0U);
  EXPECT_NE(RunCasepack({"help", "--completions"})
                .out.find("complete -o filenames -F _casepack casepack"),
            std::string::npos);
  EXPECT_NE(RunCasepack({"help", "--lang", "ja"}).out.find("使い方"), std::string::npos);
}

TEST(HelpCommand, KnowsNoOther) {
  const auto ran = RunCasepack({"help", "shwo"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find("did you mean show?"), std::string::npos);
}

}  // namespace
}  // namespace casepack::cli
