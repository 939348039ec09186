#include "collector/base/nearest.h"

#include <gtest/gtest.h>

#include <vector>

namespace casepack::base {
namespace {

TEST(Nearest, IsWhatWasMeant) {
  const std::vector<std::string> words = {"collect", "plan", "show", "verify", "manifest", "help"};
  struct Case {
    const char* word;
    const char* nearest;
  };
  const Case cases[] = {
      {"collect", "collect"},
      {"colect", "collect"},    // one missing
      {"collectt", "collect"},  // one too many
      {"cillect", "collect"},   // one changed
      {"clolect", "collect"},   // two swapped
      {"colct", ""},            // two of five is more than a third
      {"manfset", "manifest"},  // two of seven
      {"mnfset", ""},           // three are never near
      {"shwo", "show"},         // a swap counts once
      {"swho", ""},             // two of four
      {"hsow", "show"},
      {"pln", "plan"},  // a third of three is one
      {"pl", ""},       // a third of two is none
      {"", ""},
      {"Plan", "plan"},
      {"verifyed", "verify"},
      {"verification", ""},
      {"xyzzy", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Nearest(c.word, words), c.nearest) << c.word;
  }
}

TEST(Nearest, TakesTheCloserAndThenTheFirst) {
  const std::vector<std::string> closer = {"--outcome", "--output"};
  EXPECT_EQ(Nearest("--outpt", closer), "--output");
  const std::vector<std::string> tie = {"bar", "baz"};
  EXPECT_EQ(Nearest("bax", tie), "bar");
}

TEST(Nearest, OfNothingIsNothing) { EXPECT_EQ(Nearest("collect", {}), ""); }

TEST(Nearest, IsPartOfTheCandidates) {
  const std::vector<std::string> words = {"plan"};
  EXPECT_EQ(Nearest("plam", words).data(), words[0].data());
}

TEST(Nearest, SwallowsHugeWords) {
  const std::vector<std::string> words = {"plan"};
  EXPECT_EQ(Nearest(std::string(size_t{64} << 20U, 'p'), words), "");
}

}  // namespace
}  // namespace casepack::base
