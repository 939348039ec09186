#include "redaction/rule_check.h"

#include <algorithm>

namespace casepack::redaction {
namespace {

constexpr std::string_view kOpen = "\xc2\xab";   // «
constexpr std::string_view kClose = "\xc2\xbb";  // »

bool BeginsWord(const View& view, size_t at) {
  if (at == 0 || !IsAlnum(view.At(at - 1))) return true;
  return at >= 2 && (view.At(at - 2) == '\\' || (view.At(at - 2) == '-' && view.At(at - 1) == 'D'));
}

// The first thing that this rule finds, at the places where the scanner would try it.
Found FirstMatch(const Ruleset& rules, size_t index, std::string_view text) {
  const Rule& rule = rules.rules()[index];
  const View view{text, 0, 0, true};
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsAlnum(text[at]) ? !BeginsWord(view, at) : text[at] != '$') continue;
    const bool selected =
        rule.literals.empty() ||
        std::any_of(rule.literals.begin(), rule.literals.end(), [&](const std::string& word) {
          return rule.exact_case ? StartsAt(view, at, word) : StartsAtAnyCase(view, at, word);
        });
    if (!selected) continue;
    if (Found found = rules.MatchAt(index, view, at); found) return found;
  }
  return std::nullopt;
}

}  // namespace

Framed ParseExample(std::string_view example) {
  Framed framed;
  const size_t open = example.find(kOpen);
  const size_t close = example.rfind(kClose);
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    framed.text = example;
    return framed;
  }
  const std::string_view value = example.substr(open + kOpen.size(), close - open - kOpen.size());
  framed.text.append(example.substr(0, open)).append(value);
  framed.text.append(example.substr(close + kClose.size()));
  framed.begin = open;
  framed.end = open + value.size();
  return framed;
}

std::vector<RuleProblem> CheckExamples(const Ruleset& rules) {
  using Kind = RuleProblem::Kind;
  std::vector<RuleProblem> problems;
  for (size_t i = 0; i < rules.rules().size(); ++i) {
    const Rule& rule = rules.rules()[i];
    if (!rules.usable(i)) continue;
    if (rule.examples.empty()) problems.push_back({i, Kind::kNoExample, "examples", {}});
    for (const std::string& example : rule.examples) {
      const Framed framed = ParseExample(example);
      const Found found = FirstMatch(rules, i, framed.text);
      if (!found || found->begin != framed.begin || found->end != framed.end) {
        problems.push_back({i, Kind::kExample, "examples", example});
      }
    }
    for (const std::string& text : rule.counter_examples) {
      if (FirstMatch(rules, i, text)) {
        problems.push_back({i, Kind::kCounterExample, "counter_examples", text});
      }
    }
  }
  return problems;
}

}  // namespace casepack::redaction
