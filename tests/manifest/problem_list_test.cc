#include "collector/manifest/problem_list.h"

#include <gtest/gtest.h>

namespace casepack::manifest {
namespace {

TEST(ProblemList, IsInTheOrderOfTheText) {
  ProblemList problems("a.json");
  problems.Add({2, 10}, {"third", {}});
  problems.Add({10, 1}, {"last", {}});
  problems.Add({2, 9}, {"first", {}});
  problems.Add({2, 9}, {"second", {}}, "near");
  std::string order;
  for (const Problem& problem : problems.Take()) {
    EXPECT_EQ(problem.file, "a.json");
    order += problem.message.key + problem.nearest + " ";
  }
  EXPECT_EQ(order, "first secondnear third last ");
  EXPECT_TRUE(problems.Take().empty());
}

TEST(Shown, IsOneShortLine) {
  EXPECT_EQ(Shown("plain"), "plain");
  EXPECT_EQ(Shown("\x1b[31m\n"), "\\x1b[31m\\n");
  EXPECT_EQ(Shown(std::string(60, 'a')), std::string(60, 'a'));
  EXPECT_EQ(Shown(std::string(1000, 'a')), std::string(59, 'a') + "…");
}

TEST(ShownValue, LooksLikeWhatStandsInTheFile) {
  EXPECT_EQ(ShownValue("a"), "\"a\"");
  EXPECT_EQ(ShownValue(12), "12");
  EXPECT_EQ(ShownValue(1.5), "1.5");
  EXPECT_EQ(ShownValue(true), "true");
  EXPECT_EQ(ShownValue({}), "null");
  EXPECT_EQ(ShownValue(base::Json::Array{1, 2}), "[…]");
  EXPECT_EQ(ShownValue(base::Json::Object{}), "{…}");
}

}  // namespace
}  // namespace casepack::manifest
