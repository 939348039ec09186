// Finds that begin further on than the scan has come: what lies before them is looked at
// first. Sorted by where they begin; where two overlap they become one, and a secret is
// stronger than a name. Belongs to one thread.
#pragma once

#include <cstddef>
#include <vector>

#include "redaction/match.h"

namespace casepack::redaction {

class Pending {
 public:
  [[nodiscard]] bool empty() const { return matches_.empty(); }
  // Where the first one begins; kNotFound when there is none.
  [[nodiscard]] size_t begin() const { return empty() ? kNotFound : matches_.front().begin; }

  void Add(Match match);
  // The first one; there is one.
  [[nodiscard]] const Match& front() const { return matches_.front(); }
  // The first one, taken out.
  Match Take();
  // What lies before `at` was replaced by something that began earlier.
  void Overtake(size_t at) {
    if (begin() < at) Cut(at);
  }
  // The text moved `by` bytes to the front.
  void Shift(size_t by);

 private:
  void Cut(size_t at);

  std::vector<Match> matches_;
};

}  // namespace casepack::redaction
