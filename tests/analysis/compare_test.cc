#include "collector/analysis/compare.h"

#include <gtest/gtest.h>

namespace casepack::analysis {
namespace {

using manifest::FactValue;
using Op = manifest::Condition::Op;

FactValue Text(const char* text) { return std::string(text); }

TEST(Compare, VersionsPartByPart) {
  for (const auto& [low, high] :
       {std::pair("20.0.1-690", "20.0.1-7380"), std::pair("5.9", "5.10"), std::pair("", "1"),
        std::pair("12.0.0.967", "20.0"), std::pair("1.0a", "1.0b"), std::pair("1.0", "1.0.1"),
        std::pair("9999999999999999999998", "9999999999999999999999")}) {
    EXPECT_EQ(CompareVersions(low, high), -1) << low << " " << high;
    EXPECT_EQ(CompareVersions(high, low), 1) << low << " " << high;
  }
  EXPECT_EQ(CompareVersions("5.014", "5.14"), 0);
  EXPECT_EQ(CompareVersions("", ""), 0);
}

TEST(Compare, NumbersAndTexts) {
  EXPECT_TRUE(Compare(Op::kLess, int64_t{9}, int64_t{10}));
  EXPECT_TRUE(Compare(Op::kAtLeast, 90.0, int64_t{90}));
  EXPECT_TRUE(Compare(Op::kLess, Text("9"), Text("10")));
  EXPECT_FALSE(Compare(Op::kMore, Text("many"), int64_t{10}));
  EXPECT_FALSE(Compare(Op::kLess, Text("many"), int64_t{10}));
  EXPECT_TRUE(Compare(Op::kEqual, Text("7"), int64_t{7}));
  EXPECT_TRUE(Compare(Op::kEqual, true, Text("true")));
  EXPECT_TRUE(Compare(Op::kNotEqual, Text("on"), Text("off")));
  EXPECT_FALSE(Compare(Op::kNotEqual, Text("on"), Text("on")));
}

}  // namespace
}  // namespace casepack::analysis
