#include "collector/analysis/evaluate.h"

#include <algorithm>
#include <optional>

#include "collector/analysis/compare.h"
#include "collector/analysis/derive.h"

namespace casepack::analysis {
namespace {

using manifest::Condition;
using manifest::FactValue;
using Kind = Condition::Kind;
using Op = Condition::Op;

constexpr size_t kMaxEvidence = 5;  // of one condition

Judgement Certain(bool truth) {
  Judgement judgement;
  judgement.truth = truth ? Truth::kTrue : Truth::kFalse;
  return judgement;
}

Judgement UnknownFor(std::string key) {
  Judgement judgement;
  judgement.truth = Truth::kUnknown;
  judgement.missing.push_back(std::move(key));
  return judgement;
}

// nullopt: the fact to compare with is not known.
std::optional<bool> Holds(const Condition& condition, const Fact& fact, const Facts& facts) {
  if (condition.op == Op::kExists) return std::get<bool>(condition.values.front());
  if (condition.op == Op::kMatches)
    return condition.pattern && condition.pattern->Matches(TextOf(fact.value));
  if (!condition.other.empty()) {
    const Fact* other = facts.Find(condition.other);
    if (other == nullptr) return std::nullopt;
    return Compare(condition.op, fact.value, other->value);
  }
  const auto holds = [&](const FactValue& value) {
    return Compare(condition.op, fact.value, value);
  };
  if (condition.op == Op::kNotEqual)
    return std::all_of(condition.values.begin(), condition.values.end(), holds);
  return std::any_of(condition.values.begin(), condition.values.end(), holds);
}

Judgement OfAbsent(const Condition& condition, const std::string& key, const Facts& facts) {
  const auto absent = facts.FindAbsent(key);
  if (condition.op != Op::kExists || !absent) return UnknownFor(key);
  Judgement judgement = Certain(!std::get<bool>(condition.values.front()));
  judgement.verified = absent->verified;
  judgement.evidence.push_back({key, "-", "", 0, ""});
  return judgement;
}

Judgement OfFact(const Condition& condition, const std::string& key, const Facts& facts) {
  const Fact* fact = facts.Find(key);
  if (fact == nullptr) return OfAbsent(condition, key, facts);
  const auto holds = Holds(condition, *fact, facts);
  if (!holds) return UnknownFor(condition.other);
  Judgement judgement = Certain(*holds);
  judgement.verified = fact->verified;
  judgement.evidence.push_back(EvidenceOf(key, *fact));
  return judgement;
}

Judgement EvaluateFact(const Condition& condition, const Facts& facts) {
  std::string missing;
  const auto key = FillIn(condition.key, facts, &missing);
  if (!key) return UnknownFor(missing);
  if (key->find('*') == std::string::npos) return OfFact(condition, *key, facts);
  std::vector<Judgement> parts;
  for (const std::string& one : facts.Keys(*key))
    parts.push_back(OfFact(condition, one, facts));
  if (parts.empty()) return OfAbsent(condition, *key, facts);
  Judgement judgement = Any(std::move(parts));
  judgement.evidence.resize(std::min(judgement.evidence.size(), kMaxEvidence));
  return judgement;
}

bool IsMeant(const Condition& condition, const SeenEvent& event) {
  const auto& ids = condition.ids;
  if (!ids.empty() && std::find(ids.begin(), ids.end(), event.id) == ids.end()) return false;
  return condition.texts.empty() ||
         std::any_of(condition.texts.begin(), condition.texts.end(),
                     [&](const base::Pattern& pattern) { return pattern.Matches(event.text); });
}

Judgement EvaluateEvent(const Condition& condition, const Known& known) {
  Judgement judgement = Certain(false);
  for (const SeenEvent& event : known.events) {
    if (!IsMeant(condition, event)) continue;
    judgement.truth = Truth::kTrue;
    if (judgement.evidence.size() < kMaxEvidence) judgement.evidence.push_back(event.evidence);
  }
  if (judgement.truth == Truth::kTrue || known.has_events) return judgement;
  return UnknownFor("events");
}

Judgement OneOf(const std::vector<std::string>& words, const std::vector<std::string>& have) {
  return Certain(std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(have.begin(), have.end(), word) != have.end();
  }));
}

Judgement EvaluateFinding(const Condition& condition, const Known& known) {
  const auto found = known.findings.find(condition.key);
  if (found == known.findings.end()) return UnknownFor(condition.key);
  return OneOf(condition.words, {found->second});
}

std::vector<Judgement> Parts(const Condition& condition, const Known& known) {
  std::vector<Judgement> parts;
  for (const Condition& part : condition.parts)
    parts.push_back(Evaluate(part, known));
  return parts;
}

Judgement EvaluateKind(const Condition& condition, const Known& known) {
  switch (condition.kind) {
    case Kind::kAlways:
      return Certain(true);
    case Kind::kAll:
      return All(Parts(condition, known));
    case Kind::kAny:
      return Any(Parts(condition, known));
    case Kind::kNot:
      return Not(Evaluate(condition.parts.front(), known));
    case Kind::kFact:
      return EvaluateFact(condition, known.facts);
    case Kind::kEvent:
      return EvaluateEvent(condition, known);
    case Kind::kRole:
      return known.knows_roles ? OneOf(condition.words, known.roles) : UnknownFor("role");
    case Kind::kPlatform:
      return OneOf(condition.words, {known.platform});
    case Kind::kFinding:
      return EvaluateFinding(condition, known);
  }
  return UnknownFor("");
}

}  // namespace

Judgement Evaluate(const Condition& condition, const Known& known) {
  Judgement judgement = EvaluateKind(condition, known);
  judgement.verified = judgement.verified && condition.verified;
  return judgement;
}

}  // namespace casepack::analysis
