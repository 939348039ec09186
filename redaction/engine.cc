#include "redaction/engine.h"

#include <algorithm>

#include "redaction/grammar.h"
#include "redaction/literals.h"
#include "redaction/ruleset.h"

namespace casepack::redaction {
namespace {

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), Lower);
  return lower;
}

void AddNames(const std::vector<std::string>& names, Literal::Kind kind,
              std::vector<Literal>* literals) {
  for (const std::string& name : names) {
    // Where a name does not begin with a letter or digit, no word begins with it.
    if (!name.empty() && IsAlnum(name.front())) literals->push_back({LowerCase(name), kind, 0});
  }
}

// Longer names first: "db.example.jp" is not the host "db".
std::vector<std::string> LongestFirst(std::vector<std::string> names) {
  std::stable_sort(names.begin(), names.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  return names;
}

std::vector<Literal> LiteralsOf(const Ruleset& rules, const EngineOptions& options) {
  std::vector<Literal> literals;
  for (size_t i = 0; i < kCommands.size(); ++i)
    literals.push_back({LowerCase(kCommands[i].name), Literal::Kind::kCommand, i});
  for (size_t i = 0; i < rules.rules().size(); ++i) {
    if (!rules.usable(i)) continue;
    const Rule& rule = rules.rules()[i];
    for (const std::string& text : rule.literals)
      literals.push_back(
          {rule.exact_case ? text : LowerCase(text), Literal::Kind::kRule, i, rule.exact_case});
  }
  for (const std::string_view begin : kTokenBegins)
    literals.push_back({LowerCase(begin), Literal::Kind::kToken, 0});
  // What was redacted before, with a colon or a dash behind the word.
  literals.push_back(
      {LowerCase(kMarkerStart.substr(1, kMarkerStart.size() - 2)), Literal::Kind::kMarker, 0});
  if (options.pseudonymize.hosts) {
    AddNames(LongestFirst(options.known.hosts), Literal::Kind::kHost, &literals);
    AddNames(LongestFirst(options.known.domains), Literal::Kind::kDomain, &literals);
  }
  if (options.pseudonymize.users) {
    AddNames(LongestFirst(options.known.users), Literal::Kind::kUser, &literals);
  }
  return literals;
}

}  // namespace

Engine::Engine(std::shared_ptr<const Ruleset> rules, EngineOptions options)
    : rules_(std::move(rules)),
      options_(std::move(options)),
      literals_(std::make_unique<const Literals>(LiteralsOf(*rules_, options_))) {}
Engine::~Engine() = default;

}  // namespace casepack::redaction
