#include "collector/manifest/conclusion_parse.h"

#include <string_view>

#include "collector/manifest/condition_parse.h"
#include "collector/manifest/item_parse.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

using base::Json;

constexpr Range<int64_t> kRankRange = {0, 100, "0", "100"};

// Reads the members of one object, each into its place when it is there.
class Reader {
 public:
  Reader(const Json& value, ProblemList& problems)
      : members_(value, problems), problems_(problems) {}

  void Id(std::string* out) {
    if (const Json* id = members_.Require("id"))
      *out = ReadId(*id, IdForm::kWithDot, problems_).value_or("");
  }
  void RequiredWord(const char* name, std::string* out) {
    if (const Json* word = members_.Require(name))
      *out = ReadId(*word, IdForm::kPlain, problems_).value_or("");
  }
  void RequiredTitle(Title* out) {
    if (const Json* title = members_.Require("title")) *out = ParseTitle(*title, problems_);
  }
  void TitleIn(const char* name, Title* out) {
    if (const Json* title = members_.Find(name)) *out = ParseTitle(*title, problems_);
  }
  void ConditionIn(const char* name, std::optional<Condition>* out) {
    if (const Json* condition = members_.Find(name)) *out = ParseCondition(*condition, problems_);
  }
  void RequiredCondition(const char* name, Condition* out) {
    if (const Json* condition = members_.Require(name))
      *out = ParseCondition(*condition, problems_);
  }
  void Text(const char* name, std::string* out) {
    if (const Json* text = members_.Find(name)) *out = ReadText(*text, problems_).value_or("");
  }
  void Texts(const char* name, std::vector<std::string>* out) {
    const Json* list = members_.Find(name);
    if (list == nullptr) return;
    if (auto read = ReadTextList(*list, Empty::kRefused, problems_)) *out = *std::move(read);
  }
  void Rank(int* out) {
    const Json* rank = members_.Find("rank");
    if (rank == nullptr) return;
    const auto read = ReadInteger(*rank, problems_);
    if (read && Within(*rank, *read, kRankRange, problems_)) *out = static_cast<int>(*read);
  }
  void Flag(const char* name, bool* out) {
    if (const Json* flag = members_.Find(name)) *out = ReadFlag(*flag, problems_).value_or(*out);
  }
  void Finish() { members_.Finish(); }

 private:
  Members members_;
  ProblemList& problems_;
};

Finding ParseFinding(const Json& value, ProblemList& problems) {
  Finding finding;
  Reader read(value, problems);
  read.Id(&finding.id);
  read.RequiredTitle(&finding.title);
  read.ConditionIn("when", &finding.when);
  read.ConditionIn("confirmed", &finding.confirmed);
  read.ConditionIn("likely", &finding.likely);
  read.ConditionIn("possible", &finding.possible);
  read.ConditionIn("ruled_out", &finding.ruled_out);
  read.TitleIn("remedy", &finding.remedy);
  read.TitleIn("settle", &finding.settle);
  read.Text("faq", &finding.faq);
  read.Rank(&finding.rank);
  read.Flag("verified", &finding.verified);
  read.Finish();
  return finding;
}

Check ParseCheck(const Json& value, ProblemList& problems) {
  Check check;
  Reader read(value, problems);
  read.Id(&check.id);
  read.RequiredTitle(&check.title);
  read.ConditionIn("when", &check.when);
  read.ConditionIn("problem", &check.problem);
  read.ConditionIn("ok", &check.ok);
  read.Texts("findings", &check.findings);
  read.Texts("show", &check.show);
  read.TitleIn("remedy", &check.remedy);
  read.TitleIn("unknown", &check.unknown);
  read.Finish();
  return check;
}

EngineState ParseState(const Json& value, ProblemList& problems) {
  EngineState state;
  Reader read(value, problems);
  read.RequiredWord("state", &state.state);
  read.RequiredTitle(&state.title);
  read.RequiredCondition("when", &state.when);
  read.Texts("since", &state.since);
  read.Finish();
  return state;
}

Role ParseRole(const Json& value, ProblemList& problems) {
  Role role;
  Reader read(value, problems);
  read.RequiredWord("role", &role.role);
  read.RequiredCondition("when", &role.when);
  read.Finish();
  return role;
}

template <typename T>
std::vector<T> ParseList(Members& members, const char* name, T (*parse)(const Json&, ProblemList&),
                         ProblemList& problems) {
  std::vector<T> out;
  const Json* list = members.Find(name);
  if (list == nullptr) return out;
  if (list->array() == nullptr) {
    problems.Add(list->place, {"manifest.expected.list", {{"found", ShownValue(*list)}}});
    return out;
  }
  for (const Json& element : *list->array())
    out.push_back(parse(element, problems));
  return out;
}

}  // namespace

Conclusions ParseConclusions(Members& members, ProblemList& problems) {
  Conclusions conclusions;
  conclusions.roles = ParseList(members, "roles", ParseRole, problems);
  conclusions.states = ParseList(members, "states", ParseState, problems);
  conclusions.findings = ParseList(members, "findings", ParseFinding, problems);
  conclusions.checklist = ParseList(members, "checklist", ParseCheck, problems);
  return conclusions;
}

}  // namespace casepack::manifest
