#include "collector/fleet/phrases.h"

#include <cmath>

#include "collector/fleet/dimensions.h"
#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

using report::Language;

TEST(FormatLogP, WhateverTheSize) {
  EXPECT_EQ(FormatLogP(0), "1");
  EXPECT_EQ(FormatLogP(std::log(0.0021)), "0.0021");
  EXPECT_EQ(FormatLogP(std::log(2e-49)), "2e-49");
  EXPECT_EQ(FormatLogP(std::log(9.7e-10)), "1e-9");
  EXPECT_EQ(FormatLogP(-20'000), "1e-8686");
}

TEST(Phrases, EachReadingAndDimensionHasItsWords) {
  const report::Words words;
  std::set<std::string> texts;
  for (size_t i = 0; i < kReadings; ++i)
    texts.insert(ReadingText(static_cast<Reading>(i), words, Language::kJapanese));
  EXPECT_EQ(texts.size(), kReadings);
  for (const std::string& by : UsualDimensions())
    EXPECT_NE(DimensionText(by, words, Language::kEnglish), by);
  EXPECT_EQ(DimensionText("a\x1b", words, Language::kEnglish), "a\\x1b");
}

TEST(Phrases, TwoTraitsAreOneSentence) {
  tests::FleetTable made;
  made.Add("offline", {{"x.a", "1"}, {"x.b", "2"}});
  Separator separator;
  separator.traits = {{0, Trait::Is::kEqual, 0}, {1, Trait::Is::kAtLeast, 0}};
  separator.split = {3, 1, 0, 5};
  EXPECT_EQ(Sentence(made.Done(), separator, report::Words(), Language::kEnglish),
            "3 of 4 affected have x.a = 1 and x.b >= 2; 0 of 5 healthy do.");
}

}  // namespace
}  // namespace casepack::fleet
