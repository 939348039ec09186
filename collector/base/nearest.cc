#include "collector/base/nearest.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace casepack::base {
namespace {

// Optimal string alignment: insert, delete, change, swap two neighbours. Three rows of
// the table are enough: a swap looks back two.
size_t Distance(std::string_view a, std::string_view b) {
  std::array<std::vector<size_t>, 3> rows;
  rows.fill(std::vector<size_t>(b.size() + 1));
  std::iota(rows[0].begin(), rows[0].end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    std::vector<size_t>& row = rows[i % 3];
    const std::vector<size_t>& above = rows[(i - 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string_view Nearest(std::string_view word, std::span<const std::string> candidates) {
  const size_t limit = std::min<size_t>(word.size() / 3, 2);
  std::string_view best;
  size_t smallest = limit + 1;
  for (const std::string& candidate : candidates) {
    // No table for what is too long or too short anyway: words come from files of others.
    if (candidate.size() > word.size() + limit || word.size() > candidate.size() + limit) continue;
    const size_t distance = Distance(word, candidate);
    if (distance < smallest) {
      smallest = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace casepack::base
