// Fisher's exact test, and the false-discovery rate of many of them. p-values as natural
// logarithms: over a large fleet they are smaller than what a double holds.
//
// A Fisher belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace casepack::fleet {

// How many hosts of each side have a trait, and how many of those that tell do not.
struct Split {
  uint32_t affected_with = 0;
  uint32_t affected_without = 0;
  uint32_t healthy_with = 0;
  uint32_t healthy_without = 0;

  [[nodiscard]] uint32_t affected() const { return affected_with + affected_without; }
  [[nodiscard]] uint32_t healthy() const { return healthy_with + healthy_without; }
  [[nodiscard]] uint32_t with() const { return affected_with + healthy_with; }
  [[nodiscard]] uint32_t without() const { return affected_without + healthy_without; }
  // Both sides are there, and both with and without: else there is nothing to test.
  [[nodiscard]] bool tells() const {
    return affected() > 0 && healthy() > 0 && with() > 0 && without() > 0;
  }
  // More often among the affected than among the healthy.
  [[nodiscard]] bool more_among_affected() const {
    return static_cast<uint64_t>(affected_with) * healthy() >
           static_cast<uint64_t>(healthy_with) * affected();
  }
};

class Fisher {
 public:
  explicit Fisher(size_t most_hosts);

  // ln of the two-sided p: of all tables with these margins, those that are not likelier.
  // 0 where there is nothing to test.
  [[nodiscard]] double LogP(const Split& split) const;

 private:
  [[nodiscard]] double LogChoose(uint32_t n, uint32_t k) const {
    return log_factorial_[n] - log_factorial_[k] - log_factorial_[n - k];
  }
  std::vector<double> log_factorial_;
};

// Benjamini and Hochberg: for each p the smallest false-discovery rate at which it is still
// found, as logarithms. `tests`: how many there were, of which those given are the smallest.
std::vector<double> LogFalseDiscovery(const std::vector<double>& log_p, size_t tests);

}  // namespace casepack::fleet
