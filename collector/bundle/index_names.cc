#include "collector/bundle/index_names.h"

#include <array>
#include <utility>

namespace casepack::bundle {
namespace {

constexpr std::array<std::string_view, 7> kOutcomes{"ok",        "partial", "missing", "denied",
                                                    "timed_out", "failed",  "skipped"};
constexpr std::array<std::string_view, 3> kEnded{"whole", "interrupted", "time_limit"};

}  // namespace

std::string_view NameOf(Outcome outcome) { return kOutcomes.at(static_cast<size_t>(outcome)); }

Outcome OutcomeOfName(std::string_view name) {
  for (size_t i = 0; i < kOutcomes.size(); ++i) {
    if (kOutcomes.at(i) == name) return static_cast<Outcome>(i);
  }
  return Outcome::kPartial;
}

std::string_view NameOf(Ended ended) { return kEnded.at(static_cast<size_t>(ended)); }

Ended EndedOfName(std::string_view name) {
  for (size_t i = 0; i < kEnded.size(); ++i) {
    if (kEnded.at(i) == name) return static_cast<Ended>(i);
  }
  return Ended::kInterrupted;
}

}  // namespace casepack::bundle
