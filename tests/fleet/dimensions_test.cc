#include "collector/fleet/dimensions.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace casepack::fleet {
namespace {

TEST(Dimensions, WhatIsNoneIsALabelOrAFact) {
  EXPECT_EQ(KeysOf("tier"), (std::vector<std::string>{"label.tier", "tier", "by.tier"}));
  EXPECT_EQ(KeysOf("site"), (std::vector<std::string>{"label.site", "by.site"}));
}

TEST(Dimensions, ADigestTellsEachUsualOne) {
  for (const std::string& by : UsualDimensions()) {
    const auto keys = KeysOf(by);
    EXPECT_EQ(std::count(keys.begin(), keys.end(), "by." + by), 1) << by;
  }
}

TEST(Dimensions, TheVersionIsThreeNumbersOfTheBuild) {
  const std::pair<const char*, const char*> cases[] = {{"20.0.1-7380", "20.0.1"},
                                                       {"20.0.1.7380", "20.0.1"},
                                                       {"20.0.1", "20.0.1"},
                                                       {"20.0", "20.0"},
                                                       {"", ""},
                                                       {"12-3", "12"},
                                                       {"20.0.1.7380-1.el9", "20.0.1"}};
  for (const auto& [build, version] : cases) {
    EXPECT_EQ(CountedAs("version", build), version);
    EXPECT_EQ(CountedAs("build", build), build);
  }
}

}  // namespace
}  // namespace casepack::fleet
