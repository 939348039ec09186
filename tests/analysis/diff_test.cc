#include "collector/analysis/diff.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

using manifest::FactClass;
using Kind = Difference::Kind;

void Add(Facts& facts, const std::string& key, const std::string& value, FactClass klass) {
  Fact fact;
  fact.value = value;
  fact.klass = klass;
  facts.Add(key, fact);
}

TEST(Diff, TheStrongestFirstAndNoiseLeftOut) {
  Facts healthy;
  Facts broken;
  for (const auto& [key, klass] : {std::pair("agent.am.mode", FactClass::kState),
                                   std::pair("agent.build", FactClass::kVersions),
                                   std::pair("agent.proxy", FactClass::kConfiguration),
                                   std::pair("host.kernel.release", FactClass::kVersions),
                                   std::pair("package.bash", FactClass::kVersions),
                                   std::pair("host.name", FactClass::kIdentity),
                                   std::pair("agent.time.now", FactClass::kVolatile),
                                   std::pair("host.memory.total", FactClass::kMeasure)}) {
    Add(healthy, key, "a", klass);
    Add(broken, key, "b", klass);
  }
  Add(healthy, "same", "x", FactClass::kState);
  Add(broken, "same", "x", FactClass::kState);
  std::vector<std::string> keys;
  for (const Difference& one : Diff(healthy, broken)) {
    keys.push_back(one.key);
    EXPECT_EQ(one.kind, Kind::kDifferent);
    EXPECT_EQ(one.healthy + one.broken, "ab");
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"agent.am.mode", "agent.build", "agent.proxy",
                                            "host.kernel.release", "package.bash"}));
  EXPECT_TRUE(Diff(healthy, healthy).empty());
}

// What one side could not see is no difference.
TEST(Diff, NotSeenIsNotNone) {
  Facts healthy;
  Facts broken;
  Add(healthy, "kernel.module.tmhook", "Live", FactClass::kState);
  Add(broken, "agent.only", "x", FactClass::kState);
  auto differences = Diff(healthy, broken);
  ASSERT_EQ(differences.size(), 2U);
  for (const Difference& one : differences)
    EXPECT_EQ(one.kind, Kind::kNotComparable) << one.key;

  broken.Add(Applied{"kernel.module.{1}", "i", true, true});
  healthy.Add(Applied{"agent.only", "i", true, true});
  differences = Diff(healthy, broken);
  ASSERT_EQ(differences.size(), 2U);
  EXPECT_EQ(differences[0].kind, Kind::kOnlyBroken);
  EXPECT_EQ(differences[0].broken, "x");
  EXPECT_EQ(differences[1].kind, Kind::kOnlyHealthy);
  EXPECT_EQ(differences[1].healthy, "Live");
}

}  // namespace
}  // namespace casepack::analysis
