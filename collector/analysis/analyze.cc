#include "collector/analysis/analyze.h"

#include <array>

#include "collector/analysis/conclude.h"
#include "collector/analysis/diff.h"
#include "collector/analysis/read_facts.h"
#include "collector/analysis/seen_events.h"

namespace casepack::analysis {
namespace {

base::Json JsonOf(const manifest::FactValue& value) {
  return std::visit([](const auto& held) { return base::Json(held); }, value);
}

// The strongest differences as facts, so that the checklist shows them.
void AddDifferences(const Facts& healthy, Facts* facts) {
  constexpr size_t kMost = 8;
  const std::vector<Difference> differences = Diff(healthy, *facts);
  Fact fact;
  fact.klass = manifest::FactClass::kVolatile;
  fact.value = true;
  facts->Add("healthy.compared", fact);
  int64_t count = 0;
  for (const Difference& one : differences) {
    if (one.kind == Difference::Kind::kNotComparable) continue;
    if (++count > static_cast<int64_t>(kMost)) continue;
    fact.value = one.healthy + " -> " + one.broken;
    facts->Add("healthy.difference." + one.key, fact);
  }
  fact.value = count;
  facts->Add("healthy.differences", fact);
}

}  // namespace

Analysis Analyze(const bundle::Index& index, const Content& content,
                 std::span<const manifest::Manifest> manifests,
                 const std::vector<std::string>& roles, const Facts* healthy) {
  std::vector<manifest::Manifest> wanted;
  for (const manifest::Manifest& manifest : manifests) {
    if (manifest.product.empty() || index.product.empty() || manifest.product == index.product)
      wanted.push_back(manifest);
  }
  Known known;
  known.facts = ReadFacts(content, wanted);
  if (healthy != nullptr) AddDifferences(*healthy, &known.facts);
  ReadEvents(content, &known);
  known.platform = index.host.platform;
  known.incident = index.incident;
  known.roles = roles;
  known.knows_roles = !roles.empty();
  Analysis analysis;
  analysis.row = Conclude(wanted, &known);
  analysis.facts = std::move(known.facts);
  return analysis;
}

base::Json FactsJson(const Facts& facts) {
  static constexpr std::array<const char*, 6> kClasses{"identity", "configuration", "state",
                                                       "version",  "measure",       "volatile"};
  base::Json json{base::Json::Object()};
  for (const auto& [key, fact] : facts.all()) {
    base::Json row;
    row.Set("value", JsonOf(fact.value));
    row.Set("class", kClasses.at(static_cast<size_t>(fact.klass)));
    if (!fact.verified) row.Set("verified", false);
    if (!fact.member.empty()) row.Set("member", fact.member);
    if (fact.line > 0) row.Set("line", fact.line);
    json.Set(key, std::move(row));
  }
  base::Json root;
  root.Set("format", "casepack-facts/1");
  root.Set("facts", std::move(json));
  return root;
}

}  // namespace casepack::analysis
