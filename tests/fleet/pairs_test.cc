#include "collector/fleet/pairs.h"

#include <gtest/gtest.h>

#include <cmath>

namespace casepack::fleet {
namespace {

constexpr size_t kHosts = 400;

// A trait by a rule over the host's number; the first `affected` hosts are affected.
TraitHosts By(const std::function<bool(size_t)>& has) {
  TraitHosts hosts{HostSet(kHosts), HostSet(kHosts)};
  for (size_t i = 0; i < kHosts; ++i)
    has(i) ? hosts.with.Add(i) : hosts.without.Add(i);
  return hosts;
}

HostSet Affected(size_t count) {
  HostSet affected(kHosts);
  for (size_t i = 0; i < count; ++i)
    affected.Add(i);
  return affected;
}

Pairs Tested(const std::vector<TraitHosts>& traits, const HostSet& affected) {
  const Fisher fisher(kHosts);
  std::vector<PairPart> parts;
  for (size_t i = 0; i < traits.size(); ++i)
    parts.push_back({fisher.LogP(SplitOf(traits[i], affected)), &traits[i], i});
  return TestPairs(parts, affected, fisher);
}

TEST(Pairs, TwoThatBreakAHostTogether) {
  // Each alone is common among the healthy, both together are not.
  const auto a = By([](size_t i) { return i < 40 || i % 3 == 0; });
  const auto b = By([](size_t i) { return i < 40 || i % 3 == 1; });
  const Pairs pairs = Tested({a, b}, Affected(40));
  ASSERT_EQ(pairs.best.size(), 1U);
  EXPECT_EQ(pairs.tests, 1U);
  const Fisher fisher(kHosts);
  EXPECT_LT(pairs.best[0].log_p, fisher.LogP(SplitOf(a, Affected(40))));
  EXPECT_LT(pairs.best[0].log_added, std::log(1e-6));
}

TEST(Pairs, OneThatDoesItAloneMakesNoPair) {
  const auto cause = By([](size_t i) { return i < 40; });
  const auto common = By([](size_t i) { return i < 40 || i % 2 == 0; });
  EXPECT_TRUE(Tested({cause, common}, Affected(40)).best.empty());
}

TEST(Pairs, TheSameHostsTwiceAreOne) {
  const auto a = By([](size_t i) { return i < 40 || i % 3 == 0; });
  EXPECT_EQ(Tested({a, a, a}, Affected(40)).tests, 0U);
}

}  // namespace
}  // namespace casepack::fleet
