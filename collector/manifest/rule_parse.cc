#include "collector/manifest/rule_parse.h"

#include <charconv>
#include <map>
#include <utility>

#include "collector/manifest/members.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

constexpr int64_t kRulesVersion = 1;
constexpr Range<int64_t> kBehindRange = {0, 1000, "0", "1000"};
constexpr Range<int64_t> kLengthRange = {1, 4096, "1", "4096"};

void ReadTexts(Members& members, std::string_view name, std::vector<std::string>* texts,
               ProblemList& problems) {
  const base::Json* value = members.Find(name);
  if (value == nullptr) return;
  if (auto read = ReadTextList(*value, Empty::kAllowed, problems)) *texts = *std::move(read);
}

void ReadLength(Members& members, std::string_view name, const Range<int64_t>& range,
                size_t* length, ProblemList& problems) {
  const base::Json* value = members.Find(name);
  if (value == nullptr) return;
  const auto read = ReadInteger(*value, problems);
  if (read && Within(*value, *read, range, problems)) *length = static_cast<size_t>(*read);
}

void ReadEntropy(Members& members, double* entropy, ProblemList& problems) {
  const base::Json* value = members.Find("entropy");
  if (value == nullptr) return;
  if (value->number() != nullptr && *value->number() >= 0 && *value->number() <= 8) {
    *entropy = *value->number();
  } else if (value->integer() != nullptr && *value->integer() >= 0 && *value->integer() <= 8) {
    *entropy = static_cast<double>(*value->integer());
  } else {
    problems.Add(value->place, {"manifest.range",
                                {{"found", ShownValue(*value)}, {"least", "0"}, {"most", "8"}}});
  }
}

redaction::Rule ParseRule(const base::Json& value, std::string_view family, ProblemList& problems) {
  redaction::Rule rule;
  rule.family = family;
  Members members(value, problems);
  if (value.object() == nullptr) return rule;
  if (const base::Json* id = members.Require("id")) {
    rule.id = ReadId(*id, IdForm::kPlain, problems).value_or("");
  }
  if (const base::Json* pattern = members.Require("pattern")) {
    rule.pattern = ReadText(*pattern, problems).value_or("");
  }
  ReadTexts(members, "literals", &rule.literals, problems);
  if (const base::Json* exact = members.Find("exact_case")) {
    rule.exact_case = ReadFlag(*exact, problems).value_or(false);
  }
  ReadLength(members, "behind", kBehindRange, &rule.behind, problems);
  ReadLength(members, "max_length", kLengthRange, &rule.max_length, problems);
  ReadEntropy(members, &rule.entropy, problems);
  ReadTexts(members, "allow", &rule.allow, problems);
  ReadTexts(members, "examples", &rule.examples, problems);
  ReadTexts(members, "counter_examples", &rule.counter_examples, problems);
  if (const base::Json* source = members.Find("source")) {
    rule.source = ReadText(*source, problems).value_or("");
  }
  members.Finish();
  return rule;
}

base::Place PlaceOf(const base::Message& message) {
  base::Place place{1, 1};
  for (const auto& [name, value] : message.args) {
    uint32_t* const number = name == "line"     ? &place.line
                             : name == "column" ? &place.column
                                                : nullptr;
    if (number != nullptr) std::from_chars(value.data(), value.data() + value.size(), *number);
  }
  return place;
}

void ParseList(const base::Json& list, std::string_view family, ParsedRules& parsed,
               ProblemList& problems) {
  if (list.array() == nullptr) {
    problems.Add(list.place, {"manifest.expected.list", {{"found", ShownValue(list)}}});
    return;
  }
  std::map<std::string, uint32_t, std::less<>> lines;  // id -> where it was used first
  for (const base::Json& element : *list.array()) {
    redaction::Rule rule = ParseRule(element, family, problems);
    if (rule.id.empty() || rule.pattern.empty()) continue;
    const auto [first, is_new] = lines.emplace(rule.id, element.place.line);
    if (!is_new) {
      problems.Add(element.Find("id")->place,
                   {"manifest.item_id.twice",
                    {{"id", rule.id}, {"first_line", std::to_string(first->second)}}});
    }
    parsed.rules.push_back(std::move(rule));
    parsed.sources.push_back(element);
  }
}

const char* KeyOf(redaction::RuleProblem::Kind kind) {
  using Kind = redaction::RuleProblem::Kind;
  switch (kind) {
    case Kind::kSyntax:
      break;
    case Kind::kMatchesEmpty:
      return "manifest.rules.matches_empty";
    case Kind::kMatchesAll:
      return "manifest.rules.matches_all";
    case Kind::kLiteral:
      return "manifest.rules.literal";
    case Kind::kBounds:
      return "manifest.rules.bounds";
    case Kind::kNoLiteral:
      return "manifest.rules.no_literal";
    case Kind::kExample:
      return "manifest.rules.example";
    case Kind::kCounterExample:
      return "manifest.rules.counter_example";
    case Kind::kNoExample:
      return "manifest.rules.no_example";
  }
  return "manifest.rules.syntax";
}

}  // namespace

ParsedRules ParseRules(std::string_view file, std::string_view text) {
  ParsedRules parsed;
  ProblemList problems(file);
  const auto root = base::ParseJson(text);
  if (!root) {
    problems.Add(PlaceOf(root.error().message()), root.error().message());
    parsed.problems = problems.Take();
    return parsed;
  }
  Members members(*root, problems);
  if (const base::Json* version = members.Require("casepack_rules")) {
    if (version->integer() == nullptr || *version->integer() != kRulesVersion) {
      problems.Add(version->place,
                   {"manifest.version.unknown",
                    {{"found", ShownValue(*version)}, {"known", std::to_string(kRulesVersion)}}});
    }
  }
  std::string family;
  if (const base::Json* named = members.Find("family")) {
    family = ReadText(*named, problems).value_or("");
  }
  if (const base::Json* rules = members.Require("rules")) {
    ParseList(*rules, family, parsed, problems);
  }
  members.Finish();
  parsed.problems = problems.Take();
  return parsed;
}

Problem LocateProblem(std::string_view file, const base::Json& source,
                      const redaction::RuleProblem& problem) {
  const base::Json* member = source.Find(problem.field);
  Problem located;
  located.file = file;
  located.place = member != nullptr ? member->place : source.place;
  located.message = {KeyOf(problem.kind),
                     {{"id", Shown(source.StringOr("id", ""))},
                      {"field", problem.field},
                      {"detail", Shown(problem.detail)}}};
  return located;
}

}  // namespace casepack::manifest
