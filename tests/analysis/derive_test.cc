#include "collector/analysis/derive.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

using manifest::FactValue;

Facts Derived(const std::string& text) {
  Facts facts;
  tests::AddFact(facts, "os.id", std::string("rhel"));
  tests::AddFact(facts, "os.version", std::string("7.9"));
  tests::AddFact(facts, "now", int64_t{100});
  tests::AddFact(facts, "then", int64_t{75});
  tests::AddFact(facts, "guess", std::string("g"), false);
  for (const auto& derived : tests::ManifestOf("\"derived\": [" + text + "]").derived)
    Derive(derived, &facts);
  return facts;
}

TEST(Derive, TextAndItsMeaning) {
  const char* text =
      R"j({"key": "p", "text": "{os.id}-{os.version}", "map": {"rhel-7*": "RedHat_EL7", "*": "other"}})j";
  EXPECT_EQ(Derived(text).Find("p")->value, FactValue(std::string("RedHat_EL7")));
  EXPECT_EQ(Derived(R"j({"key": "p", "text": "a-{os.id}"})j").Find("p")->value,
            FactValue(std::string("a-rhel")));
  EXPECT_EQ(Derived(R"j({"key": "p", "text": "{os.id}", "map": {"sles*": "x"}})j").Find("p"),
            nullptr);
  EXPECT_EQ(Derived(R"j({"key": "p", "text": "{os.id}-{none}"})j").Find("p"), nullptr);
}

TEST(Derive, Difference) {
  EXPECT_EQ(Derived(R"j({"key": "p", "difference": ["now", "then"]})j").Find("p")->value,
            FactValue(int64_t{25}));
  EXPECT_EQ(Derived(R"j({"key": "p", "difference": ["now", "none"]})j").Find("p"), nullptr);
  EXPECT_EQ(Derived(R"j({"key": "p", "difference": ["now", "os.id"]})j").Find("p"), nullptr);
}

TEST(Derive, AsVerifiedAsWhatItIsMadeOf) {
  EXPECT_TRUE(Derived(R"j({"key": "p", "text": "{os.id}"})j").Find("p")->verified);
  EXPECT_FALSE(Derived(R"j({"key": "p", "text": "{guess}-{os.id}"})j").Find("p")->verified);
  EXPECT_FALSE(
      Derived(R"j({"key": "p", "text": "{os.id}", "verified": false})j").Find("p")->verified);
}

}  // namespace
}  // namespace casepack::analysis
