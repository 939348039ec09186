#include "collector/analysis/derive.h"

#include <utility>

#include "collector/analysis/wildcard.h"

namespace casepack::analysis {
namespace {

std::optional<manifest::FactValue> Difference(const manifest::DerivedFact& derived,
                                              const Facts& facts) {
  const Fact* first = facts.Find(derived.difference[0]);
  const Fact* second = facts.Find(derived.difference[1]);
  if (first == nullptr || second == nullptr) return std::nullopt;
  const auto* from = std::get_if<int64_t>(&first->value);
  const auto* what = std::get_if<int64_t>(&second->value);
  int64_t difference = 0;
  if (from == nullptr || what == nullptr || __builtin_sub_overflow(*from, *what, &difference))
    return std::nullopt;
  return difference;
}

std::optional<manifest::FactValue> Text(const manifest::DerivedFact& derived, const Facts& facts) {
  auto text = FillIn(derived.text, facts, nullptr);
  if (!text) return std::nullopt;
  if (derived.map.empty()) return *std::move(text);
  for (const auto& [pattern, meaning] : derived.map) {
    if (MatchesWildcard(pattern, *text)) return meaning;
  }
  return std::nullopt;
}

// The fact whose line is shown for the derived one, and whether all are verified.
void SetSource(const manifest::DerivedFact& derived, const Facts& facts, Fact* fact) {
  const std::string& text = derived.text;
  std::string last = derived.difference.empty() ? "" : derived.difference[0];
  for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    if (close == std::string::npos) break;
    last = text.substr(open + 1, close - open - 1);
    if (const Fact* part = facts.Find(last)) fact->verified = fact->verified && part->verified;
  }
  if (const Fact* source = facts.Find(last)) {
    fact->item = source->item;
    fact->member = source->member;
    fact->line = source->line;
  }
}

}  // namespace

std::optional<std::string> FillIn(const std::string& text, const Facts& facts,
                                  std::string* missing) {
  std::string filled;
  for (size_t at = 0; at < text.size();) {
    const size_t open = text.find('{', at);
    const size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) return filled + text.substr(at);
    filled.append(text, at, open - at);
    const std::string name = text.substr(open + 1, close - open - 1);
    const Fact* fact = facts.Find(name);
    if (fact == nullptr) {
      if (missing != nullptr) *missing = name;
      return std::nullopt;
    }
    filled += TextOf(fact->value);
    at = close + 1;
  }
  return filled;
}

void Derive(const manifest::DerivedFact& derived, Facts* facts) {
  const auto value =
      derived.difference.empty() ? Text(derived, *facts) : Difference(derived, *facts);
  if (!value) return;
  Fact fact;
  fact.value = *value;
  fact.klass = derived.klass;
  fact.verified = derived.verified;
  SetSource(derived, *facts, &fact);
  facts->Add(derived.key, std::move(fact));
}

}  // namespace casepack::analysis
