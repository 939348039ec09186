#include "collector/analysis/diff.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

namespace casepack::analysis {
namespace {

using manifest::FactClass;
using Kind = Difference::Kind;

bool IsCompared(FactClass klass) {
  return klass == FactClass::kState || klass == FactClass::kVersions ||
         klass == FactClass::kConfiguration;
}

int ClassRank(FactClass klass) {
  static constexpr std::array<int, 6> kRanks{9, 2, 0, 1, 9, 9};  // as they stand in FactClass
  return kRanks.at(static_cast<size_t>(klass));
}

bool Begins(const std::string& key, std::string_view with) {
  return key.compare(0, with.size(), with) == 0;
}

// Thousands of packages differ between any two hosts; hardly ever is one the cause.
int AreaRank(const std::string& key) {
  if (Begins(key, "package.")) return 2;
  return Begins(key, "host.") || Begins(key, "service.") || Begins(key, "kernel.module.") ? 1 : 0;
}

auto Rank(const Difference& difference) {
  return std::make_tuple(difference.kind == Kind::kNotComparable, AreaRank(difference.key),
                         ClassRank(difference.klass), std::string_view(difference.key));
}

Difference OneSided(const std::string& key, const Fact& fact, const Facts& other, Kind kind) {
  Difference difference;
  difference.key = key;
  difference.klass = fact.klass;
  difference.kind = other.FindAbsent(key) ? kind : Kind::kNotComparable;
  (kind == Kind::kOnlyHealthy ? difference.healthy : difference.broken) = TextOf(fact.value);
  return difference;
}

}  // namespace

std::vector<Difference> Diff(const Facts& healthy, const Facts& broken) {
  std::vector<Difference> differences;
  for (const auto& [key, fact] : healthy.all()) {
    if (!IsCompared(fact.klass)) continue;
    const Fact* other = broken.Find(key);
    if (other == nullptr) {
      differences.push_back(OneSided(key, fact, broken, Kind::kOnlyHealthy));
    } else if (TextOf(fact.value) != TextOf(other->value)) {
      differences.push_back(
          {key, fact.klass, Kind::kDifferent, TextOf(fact.value), TextOf(other->value)});
    }
  }
  for (const auto& [key, fact] : broken.all()) {
    if (IsCompared(fact.klass) && healthy.Find(key) == nullptr)
      differences.push_back(OneSided(key, fact, healthy, Kind::kOnlyBroken));
  }
  std::sort(differences.begin(), differences.end(),
            [](const Difference& a, const Difference& b) { return Rank(a) < Rank(b); });
  return differences;
}

}  // namespace casepack::analysis
