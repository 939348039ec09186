#include "collector/manifest/condition_parse.h"

#include <string_view>
#include <utility>

#include "collector/manifest/fact_parse.h"
#include "collector/manifest/members.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

using base::Json;
using Kind = Condition::Kind;
using Op = Condition::Op;

constexpr std::pair<const char*, Op> kComparisons[] = {
    {"eq", Op::kEqual},  {"ne", Op::kNotEqual}, {"lt", Op::kLess},
    {"le", Op::kAtMost}, {"gt", Op::kMore},     {"ge", Op::kAtLeast},
};
constexpr std::pair<const char*, Op> kFactComparisons[] = {
    {"eq_fact", Op::kEqual},  {"ne_fact", Op::kNotEqual}, {"lt_fact", Op::kLess},
    {"le_fact", Op::kAtMost}, {"gt_fact", Op::kMore},     {"ge_fact", Op::kAtLeast},
};

void ParseParts(const Json& value, Condition& condition, ProblemList& problems) {
  if (value.array() == nullptr || value.array()->empty()) {
    problems.Add(value.place, {"manifest.expected.list", {{"found", ShownValue(value)}}});
    return;
  }
  for (const Json& part : *value.array())
    condition.parts.push_back(ParseCondition(part, problems));
}

std::vector<FactValue> ReadValues(const Json& value, ProblemList& problems) {
  std::vector<FactValue> values;
  const auto read = [&](const Json& one) {
    if (auto fact = ReadFactValue(one, problems)) values.push_back(*std::move(fact));
  };
  if (value.array() == nullptr) {
    read(value);
  } else {
    for (const Json& one : *value.array())
      read(one);
  }
  return values;
}

// Exactly one of the comparisons.
void ParseComparison(const Json& value, Members& members, Condition& condition,
                     ProblemList& problems) {
  int found = 0;
  for (const auto& [name, op] : kComparisons) {
    const Json* given = members.Find(name);
    if (given == nullptr) continue;
    condition.op = op;
    condition.values = ReadValues(*given, problems);
    ++found;
  }
  for (const auto& [name, op] : kFactComparisons) {
    const Json* given = members.Find(name);
    if (given == nullptr) continue;
    condition.op = op;
    condition.other = ReadFactKey(*given, Stars::kRefused, problems).value_or("");
    ++found;
  }
  if (const Json* pattern = members.Find("matches")) {
    condition.op = Op::kMatches;
    condition.pattern = ReadPattern(*pattern, problems);
    ++found;
  }
  if (const Json* exists = members.Find("exists")) {
    condition.op = Op::kExists;
    condition.values = {ReadFlag(*exists, problems).value_or(true)};
    ++found;
  }
  if (found != 1) problems.Add(value.place, {"manifest.condition.one_comparison", {}});
}

void ParseEvent(const Json& value, Condition& condition, ProblemList& problems) {
  Members members(value, problems);
  if (value.object() == nullptr) return;
  if (const Json* ids = members.Find("id")) {
    for (const FactValue& id : ReadValues(*ids, problems)) {
      if (const auto* number = std::get_if<int64_t>(&id)) {
        condition.ids.push_back(*number);
      } else {
        problems.Add(ids->place, {"manifest.expected.integer", {{"found", ShownValue(*ids)}}});
      }
    }
  }
  if (const Json* text = members.Find("text")) {
    const auto read = [&](const Json& one) {
      if (auto pattern = ReadPattern(one, problems)) condition.texts.push_back(*std::move(pattern));
    };
    if (text->array() == nullptr) {
      read(*text);
    } else {
      for (const Json& one : *text->array())
        read(one);
    }
  }
  members.Finish();
  if (condition.ids.empty() && condition.texts.empty())
    problems.Add(value.place, {"manifest.condition.empty_event", {}});
}

void ParseFinding(Members& members, Condition& condition, ProblemList& problems) {
  const Json* is = members.Require("is");
  if (is == nullptr) return;
  const auto words = ReadTextList(*is, Empty::kRefused, problems);
  if (words) condition.words = *words;
}

}  // namespace

Condition ParseCondition(const Json& value, ProblemList& problems) {
  Condition condition;
  Members members(value, problems);
  if (value.object() == nullptr) return condition;
  if (const Json* all = members.Find("all")) {
    condition.kind = Kind::kAll;
    ParseParts(*all, condition, problems);
  } else if (const Json* any = members.Find("any")) {
    condition.kind = Kind::kAny;
    ParseParts(*any, condition, problems);
  } else if (const Json* no = members.Find("not")) {
    condition.kind = Kind::kNot;
    condition.parts.push_back(ParseCondition(*no, problems));
  } else if (const Json* fact = members.Find("fact")) {
    condition.kind = Kind::kFact;
    condition.key = ReadFactKey(*fact, Stars::kAllowed, problems).value_or("");
    ParseComparison(value, members, condition, problems);
  } else if (const Json* event = members.Find("event")) {
    condition.kind = Kind::kEvent;
    ParseEvent(*event, condition, problems);
  } else if (const Json* role = members.Find("role")) {
    condition.kind = Kind::kRole;
    condition.words = ReadTextList(*role, Empty::kRefused, problems).value_or(condition.words);
  } else if (const Json* platform = members.Find("platform")) {
    condition.kind = Kind::kPlatform;
    condition.words = ReadTextList(*platform, Empty::kRefused, problems).value_or(condition.words);
  } else if (const Json* finding = members.Find("finding")) {
    condition.kind = Kind::kFinding;
    condition.key = ReadText(*finding, problems).value_or("");
    ParseFinding(members, condition, problems);
  } else if (const Json* always = members.Find("always")) {
    if (ReadFlag(*always, problems) == false)
      problems.Add(always->place, {"manifest.condition.unknown", {}});
  } else {
    problems.Add(value.place, {"manifest.condition.unknown", {}});
  }
  if (const Json* verified = members.Find("verified"))
    condition.verified = ReadFlag(*verified, problems).value_or(true);
  members.Finish();
  return condition;
}

}  // namespace casepack::manifest
