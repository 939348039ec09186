#include "collector/fleet/fisher.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace casepack::fleet {
namespace {

double P(const Split& split) { return std::exp(Fisher(500'000).LogP(split)); }

// By exact arithmetic over whole numbers.
TEST(Fisher, AgreesWithOthers) {
  struct Case {
    Split split;
    double p;
  };
  const Case cases[] = {
      {{3, 1, 1, 3}, 0.4857142857142857},  // Fisher's own tea
      {{10, 2, 3, 15}, 0.0005367241189},
      {{4, 0, 0, 4}, 0.02857142857142857},
      {{5, 5, 5, 5}, 1.0},
  };
  for (size_t i = 0; i < std::size(cases); ++i)
    EXPECT_NEAR(P(cases[i].split), cases[i].p, 1e-9) << i;
}

// Slowly, term by term, over every table of small margins.
TEST(Fisher, IsTheSumOfWhatIsNotLikelier) {
  const auto choose = [](unsigned n, unsigned k) {
    double ways = 1;
    for (unsigned i = 0; i < k; ++i)
      ways = ways * (n - i) / (i + 1);
    return ways;
  };
  const Fisher fisher(40);
  for (unsigned affected = 1; affected <= 9; ++affected) {
    for (unsigned healthy = 1; healthy <= 11; ++healthy) {
      for (unsigned a = 0; a <= affected; ++a) {
        for (unsigned c = 0; c <= healthy; ++c) {
          const Split split{a, affected - a, c, healthy - c};
          if (!split.tells()) continue;
          const unsigned with = a + c;
          const auto likely = [&](unsigned k) {
            return choose(affected, k) * choose(healthy, with - k) /
                   choose(affected + healthy, with);
          };
          double sum = 0;
          for (unsigned k = with > healthy ? with - healthy : 0; k <= std::min(affected, with); ++k)
            if (likely(k) <= likely(a) * (1 + 1e-7)) sum += likely(k);
          EXPECT_NEAR(std::exp(fisher.LogP(split)), sum, 1e-6)
              << a << " " << affected << " " << c << " " << healthy;
        }
      }
    }
  }
}

TEST(Fisher, TellsApartWhatADoubleCannotHold) {
  const Fisher fisher(100'000);
  const double all = fisher.LogP({9'000, 0, 0, 91'000});
  const double most = fisher.LogP({9'000, 0, 1, 90'999});
  EXPECT_LT(all, -20'000);
  EXPECT_LT(all, most);
}

TEST(Fisher, NothingToTestIsNoEvidence) {
  const Fisher fisher(100);
  for (const Split& split : {Split{5, 0, 5, 0}, Split{0, 5, 0, 5}, Split{5, 5, 0, 0}, Split{}})
    EXPECT_EQ(fisher.LogP(split), 0);
}

TEST(FalseDiscovery, IsBenjaminiAndHochbergs) {
  const std::vector<double> p{0.01, 0.04, 0.03, 0.005};
  std::vector<double> logs;
  for (const double one : p)
    logs.push_back(std::log(one));
  const std::vector<double> q = LogFalseDiscovery(logs, 4);
  const double expected[] = {0.02, 0.04, 0.04, 0.02};
  for (size_t i = 0; i < 4; ++i)
    EXPECT_NEAR(std::exp(q[i]), expected[i], 1e-12) << i;
  // A hundred tests, of which we kept the best four.
  EXPECT_NEAR(std::exp(LogFalseDiscovery(logs, 100)[3]), 0.5, 1e-12);
  EXPECT_TRUE(LogFalseDiscovery({}, 7).empty());
}

}  // namespace
}  // namespace casepack::fleet
