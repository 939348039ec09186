#include "redaction/tally.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace casepack::redaction {
namespace {

TEST(Tally, EachRuleUnderItsName) {
  std::vector<std::string> names;
  for (int i = 0; i < 500; ++i)
    names.push_back("a-rule-of-some-length-" + std::to_string(i));
  Counts counts = {{names[3], 5}};
  Tally tally(&counts);
  for (int round = 0; round < 3; ++round) {
    for (size_t i = 0; i < names.size(); ++i) {
      for (size_t k = 0; k < i % 4; ++k)
        tally.Add(names[i]);
    }
  }
  for (size_t i = 0; i < names.size(); ++i) {
    const auto row = counts.find(names[i]);
    EXPECT_EQ(row == counts.end() ? 0 : row->second, 3 * (i % 4) + (i == 3 ? 5 : 0)) << i;
  }
}

TEST(Tally, NamesThatBeginAtOnePlace) {
  const std::string text = "token-value";
  Counts counts;
  Tally tally(&counts);
  tally.Add(text);
  tally.Add(std::string_view(text).substr(0, 5));
  tally.Add(text);
  EXPECT_EQ(counts, (Counts{{"token", 1}, {"token-value", 2}}));
}

TEST(Tally, NothingIsCountedForNobody) {
  Tally tally(nullptr);
  tally.Add("x");
}

}  // namespace
}  // namespace casepack::redaction
