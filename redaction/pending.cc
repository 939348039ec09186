#include "redaction/pending.h"

#include <algorithm>

namespace casepack::redaction {
namespace {

bool Overlap(const Match& a, const Match& b) { return a.begin < b.end && b.begin < a.end; }

Match Union(const Match& a, const Match& b) {
  const Match& first = b.begin < a.begin ? b : a;
  const Match& last = b.end > a.end ? b : a;
  const bool stronger = first.identifier && !(&first == &a ? b : a).identifier;
  Match both = stronger ? (&first == &a ? b : a) : first;
  both.begin = first.begin;
  both.end = last.end;
  both.ending = last.ending;
  both.swallow_from = std::max(last.swallow_from, last.begin);
  return both;
}

}  // namespace

void Pending::Add(Match match) {
  for (auto other = matches_.begin(); other != matches_.end();) {
    if (Overlap(match, *other)) {
      match = Union(*other, match);
      other = matches_.erase(other);
    } else {
      ++other;
    }
  }
  const auto place =
      std::upper_bound(matches_.begin(), matches_.end(), match,
                       [](const Match& a, const Match& b) { return a.begin < b.begin; });
  matches_.insert(place, match);
}

Match Pending::Take() {
  const Match match = matches_.front();
  matches_.erase(matches_.begin());
  return match;
}

void Pending::Cut(size_t at) {
  while (!matches_.empty() && matches_.front().begin < at) {
    if (matches_.front().end <= at) {
      matches_.erase(matches_.begin());
    } else {
      matches_.front().begin = at;
      matches_.front().swallow_from = std::max(at, matches_.front().swallow_from);
    }
  }
}

void Pending::Shift(size_t by) {
  for (Match& match : matches_) {
    match.begin -= by;
    match.swallow_from -= std::min(by, match.swallow_from);
    if (match.end != kNotFound) match.end -= by;
  }
}

}  // namespace casepack::redaction
