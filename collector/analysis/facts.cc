#include "collector/analysis/facts.h"

#include <fmt/format.h>

#include "collector/analysis/wildcard.h"

namespace casepack::analysis {
namespace {

constexpr size_t kMaxFacts = 50'000;

// "a.{1}.b" stands for any "a.….b".
std::string PatternOf(const std::string& key) {
  std::string pattern;
  bool inside = false;
  for (const char c : key) {
    if (c == '{') pattern += '*';
    inside = c == '{' || (inside && c != '}');
    if (!inside && c != '}') pattern += c;
  }
  return pattern;
}

}  // namespace

std::string TextOf(const manifest::FactValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<int64_t>(&value)) return fmt::to_string(*integer);
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{:g}", *number);
  return std::get<std::string>(value);
}

void Facts::Add(std::string key, Fact fact) {
  if (facts_.size() < kMaxFacts) facts_.emplace(std::move(key), std::move(fact));
}

const Fact* Facts::Find(std::string_view key) const {
  const auto found = facts_.find(key);
  return found == facts_.end() ? nullptr : &found->second;
}

std::vector<std::string> Facts::Keys(std::string_view pattern) const {
  std::vector<std::string> keys;
  for (const auto& [key, fact] : facts_) {
    if (MatchesWildcard(pattern, key)) keys.push_back(key);
  }
  return keys;
}

std::optional<Facts::Absent> Facts::FindAbsent(std::string_view key) const {
  std::optional<Absent> absent;
  for (const Applied& applied : applied_) {
    // A key with `*` is absent only where every reader of such keys was.
    const bool about =
        MatchesWildcard(PatternOf(applied.key), key) || MatchesWildcard(key, applied.key);
    if (!about) continue;
    if (!applied.whole) return std::nullopt;
    if (!absent) absent = Absent{};
    absent->verified = absent->verified && applied.verified;
  }
  return absent;
}

bundle::EvidenceRow EvidenceOf(std::string_view key, const Fact& fact) {
  return {std::string(key), TextOf(fact.value), fact.member, fact.line, fact.text};
}

}  // namespace casepack::analysis
