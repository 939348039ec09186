#include "collector/analysis/facts.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

TEST(Facts, TheFirstStaysAndPatternsFindThem) {
  Facts facts;
  tests::AddFact(facts, "a.x", int64_t{1});
  tests::AddFact(facts, "a.x", int64_t{2});
  tests::AddFact(facts, "a.y", true);
  tests::AddFact(facts, "b", 0.5);
  EXPECT_EQ(facts.Find("a.x")->value, manifest::FactValue(int64_t{1}));
  EXPECT_EQ(facts.Find("a"), nullptr);
  EXPECT_EQ(facts.Keys("a.*"), (std::vector<std::string>{"a.x", "a.y"}));
  EXPECT_EQ(TextOf(facts.Find("a.y")->value), "true");
  EXPECT_EQ(TextOf(facts.Find("b")->value), "0.5");
}

// Absent is only what every reader that could give it has looked for in full.
TEST(Facts, Absent) {
  Facts facts;
  EXPECT_FALSE(facts.FindAbsent("module.tmhook"));
  facts.Add(Applied{"module.{1}", "i", true, true});
  EXPECT_TRUE(facts.FindAbsent("module.tmhook"));
  EXPECT_TRUE(facts.FindAbsent("module.*"));
  EXPECT_FALSE(facts.FindAbsent("other"));
  facts.Add(Applied{"module.tmhook", "j", false, true});
  EXPECT_FALSE(facts.FindAbsent("module.tmhook"));
  EXPECT_TRUE(facts.FindAbsent("module.bmhook"));
  EXPECT_FALSE(facts.FindAbsent("module.*"));
}

TEST(Facts, AbsentByWhatWasNeverSeenIsNotVerified) {
  Facts facts;
  facts.Add(Applied{"av.{/name}", "i", true, false});
  ASSERT_TRUE(facts.FindAbsent("av.clamd"));
  EXPECT_FALSE(facts.FindAbsent("av.clamd")->verified);
}

}  // namespace
}  // namespace casepack::analysis
