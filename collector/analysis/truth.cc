#include "collector/analysis/truth.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace casepack::analysis {
namespace {

template <typename T>
void Append(std::vector<T>* to, std::vector<T> from) {
  std::move(from.begin(), from.end(), std::back_inserter(*to));
}

// The parts of that truth decide: theirs is the evidence.
Judgement Joined(std::vector<Judgement> parts, Truth truth) {
  Judgement joined;
  joined.truth = truth;
  for (Judgement& part : parts) {
    if (truth == Truth::kUnknown || part.truth == truth) {
      Append(&joined.evidence, std::move(part.evidence));
      joined.verified = joined.verified && part.verified;
    }
    if (truth == Truth::kUnknown && part.truth == Truth::kUnknown)
      Append(&joined.missing, std::move(part.missing));
  }
  return joined;
}

}  // namespace

Judgement All(std::vector<Judgement> parts) {
  Truth truth = Truth::kTrue;
  for (const Judgement& part : parts)
    truth = std::min(truth, part.truth);
  return Joined(std::move(parts), truth);
}

Judgement Any(std::vector<Judgement> parts) {
  Truth truth = Truth::kFalse;
  for (const Judgement& part : parts)
    truth = std::max(truth, part.truth);
  return Joined(std::move(parts), truth);
}

Judgement Not(Judgement part) {
  if (part.truth == Truth::kTrue) {
    part.truth = Truth::kFalse;
  } else if (part.truth == Truth::kFalse) {
    part.truth = Truth::kTrue;
  }
  return part;
}

}  // namespace casepack::analysis
