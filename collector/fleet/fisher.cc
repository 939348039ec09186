#include "collector/fleet/fisher.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace casepack::fleet {
namespace {

// Tables that are as likely as the one seen come out a little different.
constexpr double kSlack = 1e-7;
constexpr double kNegligible = -45;  // e^-45 of the largest term

}  // namespace

Fisher::Fisher(size_t most_hosts) : log_factorial_(most_hosts + 1, 0.0) {
  for (size_t i = 2; i < log_factorial_.size(); ++i)
    log_factorial_[i] = log_factorial_[i - 1] + std::log(static_cast<double>(i));
}

double Fisher::LogP(const Split& split) const {
  if (!split.tells()) return 0;
  const uint32_t all = split.affected() + split.healthy();
  const uint32_t with = split.with();
  const uint32_t affected = split.affected();
  const double whole = LogChoose(all, with);
  const auto log_of = [&](uint32_t k) {
    return LogChoose(affected, k) + LogChoose(all - affected, with - k) - whole;
  };
  const uint32_t least = with > all - affected ? with - (all - affected) : 0;
  const uint32_t most = std::min(affected, with);
  const double seen = log_of(split.affected_with) + kSlack;
  // The likelihood rises to the mode and falls behind it: from each end inwards, the terms
  // that are not above the one seen; the largest of them stands where the tail ends.
  const auto mode = static_cast<uint32_t>(std::clamp<uint64_t>(
      (static_cast<uint64_t>(affected) + 1) * (with + 1) / (static_cast<uint64_t>(all) + 2), least,
      most));
  double sum = 0;  // relative to the term seen
  const auto add = [&](uint32_t k) {
    const double term = log_of(k) - seen;
    sum += std::exp(term);
    return term > kNegligible;
  };
  if (log_of(mode) <= seen) return 0;
  uint32_t low = least;  // the first that is above, from the left
  for (uint32_t high = mode; low < high;) {
    const uint32_t middle = low + (high - low) / 2;
    log_of(middle) > seen ? high = middle : low = middle + 1;
  }
  for (uint32_t k = low; k > least && add(k - 1);)
    --k;
  uint32_t top = most;  // the last that is above
  for (uint32_t from = mode; from < top;) {
    const uint32_t middle = from + (top - from + 1) / 2;
    log_of(middle) > seen ? from = middle : top = middle - 1;
  }
  for (uint32_t k = top; k < most && add(k + 1);)
    ++k;
  return std::min(0.0, seen + std::log(sum));
}

std::vector<double> LogFalseDiscovery(const std::vector<double>& log_p, size_t tests) {
  std::vector<size_t> order(log_p.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return log_p[a] < log_p[b]; });
  std::vector<double> log_q(log_p.size(), 0.0);
  double least = 0;
  for (size_t rank = order.size(); rank > 0; --rank) {
    const double q = log_p[order[rank - 1]] + std::log(static_cast<double>(tests)) -
                     std::log(static_cast<double>(rank));
    least = std::min(least, q);
    log_q[order[rank - 1]] = least;
  }
  return log_q;
}

}  // namespace casepack::fleet
