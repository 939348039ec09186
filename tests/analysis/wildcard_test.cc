#include "collector/analysis/wildcard.h"

#include <gtest/gtest.h>

#include <string>

namespace casepack::analysis {
namespace {

TEST(Wildcard, Matches) {
  for (const auto& [pattern, text] :
       {std::pair("", ""), std::pair("*", ""), std::pair("*", "abc"), std::pair("a*c", "abc"),
        std::pair("a*c", "ac"), std::pair("a*bc", "abbc"), std::pair("*a*", "bab"),
        std::pair("probe.*.tcp", "probe.dsa.dsr.tcp"), std::pair("a**", "a")})
    EXPECT_TRUE(MatchesWildcard(pattern, text)) << pattern << " " << text;
  for (const auto& [pattern, text] :
       {std::pair("", "a"), std::pair("a", ""), std::pair("a*c", "abcd"), std::pair("a?c", "abc"),
        std::pair("*.tcp", "probe.udp"), std::pair("ab", "a")})
    EXPECT_FALSE(MatchesWildcard(pattern, text)) << pattern << " " << text;
}

TEST(Wildcard, ManyStarsComeToAnEnd) {
  std::string pattern;
  for (int i = 0; i < 100; ++i)
    pattern += "*a";
  EXPECT_FALSE(MatchesWildcard(pattern + "b", std::string(5000, 'a')));
}

}  // namespace
}  // namespace casepack::analysis
