#include "collector/fleet/candidates.h"

#include <algorithm>

#include "tests/fleet/fleet_fixture.h"

namespace casepack::fleet {
namespace {

std::vector<std::string> Found(Table& table) {
  const Sample sample = SampleOf(table.hosts());
  std::vector<std::string> found;
  for (const Candidate& candidate : TestAll(table, sample, Fisher(sample.size())).best)
    found.push_back(TextOf(table, candidate.trait));
  return found;
}

bool Has(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

TEST(Candidates, AValueThatGoesWithBeingAffected) {
  tests::FleetTable made;
  for (int i = 0; i < 20; ++i)
    made.Add("offline", {{"i.a", "bad"}, {"i.b", i % 2 == 0 ? "x" : "y"}});
  for (int i = 0; i < 60; ++i)
    made.Add("online", {{"i.a", i == 0 ? "bad" : "good"}, {"i.b", i % 2 == 0 ? "x" : "y"}});
  const auto found = Found(made.Done());
  EXPECT_TRUE(Has(found, "i.a = bad"));
  EXPECT_FALSE(Has(found, "i.b = x"));
}

// Where the range begins is found from the data; the largest value of the healthy is 70.
TEST(Candidates, ARangeOfNumbers) {
  tests::FleetTable made;
  for (int i = 0; i < 20; ++i)
    made.Add("offline", {{"measure.used", std::to_string(90 + i % 10)}});
  for (int i = 0; i < 60; ++i)
    made.Add("online", {{"measure.used", std::to_string(11 + i)}});
  EXPECT_TRUE(Has(Found(made.Done()), "measure.used >= 90"));

  tests::FleetTable low;
  for (int i = 0; i < 20; ++i)
    low.Add("offline", {{"measure.free", std::to_string(i % 5)}});
  for (int i = 0; i < 60; ++i)
    low.Add("online", {{"measure.free", std::to_string(11 + i)}});
  EXPECT_TRUE(Has(Found(low.Done()), "measure.free <= 4"));
}

// What the state is made of would always be the best of all, and tells nothing.
TEST(Candidates, TheStateItselfIsLeftOut) {
  tests::FleetTable made;
  const std::vector<std::string> evidence{"agent.mode"};
  for (int i = 0; i < 40; ++i) {
    Host host;
    host.name = std::to_string(i);
    host.state = i < 10 ? "offline" : "online";
    const char* mode = i < 10 ? "driver-offline" : "on";
    Cells cells;
    cells.Add("agent.mode", mode);
    cells.Add("agent.module.mode", mode);  // the same again
    cells.Add("agent.other", i < 10 ? "a" : "b");
    cells.Add(kOsKey, mode);
    made.table.Add(std::move(host), cells.all(), {"", nullptr, &evidence});
  }
  const auto found = Found(made.Done());
  EXPECT_TRUE(Has(found, "agent.other = a"));
  EXPECT_FALSE(Has(found, "agent.mode = on"));
  EXPECT_FALSE(Has(found, "agent.module.mode = on"));
  EXPECT_EQ(found.size(), 2U);
}

TEST(Candidates, ValuesTooRareForAnyResultAreNoTests) {
  tests::FleetTable made;
  for (int i = 0; i < 300; ++i)
    made.Add(i < 100 ? "offline" : "online", {{"i.unique", "v" + std::to_string(i)}});
  Table& table = made.Done();
  const Sample sample = SampleOf(table.hosts());
  const Candidates candidates = TestAll(table, sample, Fisher(sample.size()));
  EXPECT_EQ(candidates.tests, 0U);
  EXPECT_TRUE(candidates.best.empty());
}

// Hidden from many of the affected: what is not visible is not another value.
TEST(Candidates, WhatIsNotVisibleIsNoValue) {
  tests::FleetTable made;
  for (int i = 0; i < 40; ++i)
    made.Add("offline", i < 5 ? tests::Values{{"i.a", "x"}} : tests::Values{});
  for (int i = 0; i < 40; ++i)
    made.Add("online", {{"i.a", i % 8 == 0 ? "y" : "x"}});
  EXPECT_TRUE(Found(made.Done()).empty());
}

}  // namespace
}  // namespace casepack::fleet
