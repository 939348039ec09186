#include "collector/fleet/pairs.h"

#include <algorithm>
#include <cmath>

namespace casepack::fleet {
namespace {

constexpr size_t kMostParts = 60;
const double kLogBetter = std::log(10.0);  // so much surer than the better of its parts

std::vector<size_t> DistinctParts(const std::vector<PairPart>& parts, const HostSet& affected) {
  std::vector<size_t> distinct;
  for (size_t i = 0; i < parts.size() && distinct.size() < kMostParts; ++i) {
    if (!SplitOf(*parts[i].hosts, affected).more_among_affected()) continue;
    const bool known = std::any_of(distinct.begin(), distinct.end(), [&](size_t other) {
      return parts[other].hosts->with == parts[i].hosts->with;
    });
    if (!known) distinct.push_back(i);
  }
  return distinct;
}

}  // namespace

Pairs TestPairs(const std::vector<PairPart>& parts, const HostSet& affected, const Fisher& fisher) {
  Pairs pairs;
  const std::vector<size_t> distinct = DistinctParts(parts, affected);
  for (size_t i = 0; i < distinct.size(); ++i) {
    for (size_t j = i + 1; j < distinct.size(); ++j) {
      const PairPart& a = parts[distinct[i]];
      const PairPart& b = parts[distinct[j]];
      if (a.column == b.column) continue;
      ++pairs.tests;
      const double b_adds = fisher.LogP(SplitWithin(*b.hosts, affected, a.hosts->with));
      const double a_adds = fisher.LogP(SplitWithin(*a.hosts, affected, b.hosts->with));
      const Split split = SplitOf(Both(*a.hosts, *b.hosts), affected);
      const Pair pair{distinct[i], distinct[j], fisher.LogP(split), std::max(a_adds, b_adds)};
      if (!split.more_among_affected()) continue;
      if (pair.log_p < std::min(a.log_p, b.log_p) - kLogBetter && pair.log_added < 0)
        pairs.best.push_back(pair);
    }
  }
  return pairs;
}

}  // namespace casepack::fleet
