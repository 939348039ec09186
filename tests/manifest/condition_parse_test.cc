#include "collector/manifest/condition_parse.h"

#include <gtest/gtest.h>

#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

using Kind = Condition::Kind;
using Op = Condition::Op;

Condition Good(std::string_view text) {
  ProblemList problems("f");
  const auto json = base::ParseJson(text);
  EXPECT_TRUE(json) << text;
  Condition condition = ParseCondition(*json, problems);
  EXPECT_EQ(LinesOf(problems.Take()), Lines{}) << text;
  return condition;
}

size_t Problems(std::string_view text) {
  ProblemList problems("f");
  const auto json = base::ParseJson(text);
  EXPECT_TRUE(json) << text;
  ParseCondition(*json, problems);
  return problems.Take().size();
}

TEST(ConditionParse, ATree) {
  const Condition all = Good(R"({"all": [{"fact": "a", "eq": [1, "x"]}, {"not": {"any":
      [{"role": "agent"}, {"platform": ["linux", "windows"]}]}}, {"always": true}]})");
  EXPECT_EQ(all.kind, Kind::kAll);
  ASSERT_EQ(all.parts.size(), 3U);
  EXPECT_EQ(all.parts[0].values, (std::vector<FactValue>{int64_t{1}, std::string("x")}));
  EXPECT_EQ(all.parts[1].kind, Kind::kNot);
  const Condition& any = all.parts[1].parts.at(0);
  EXPECT_EQ(any.parts.at(0).words, std::vector<std::string>{"agent"});
  EXPECT_EQ(any.parts.at(1).words, (std::vector<std::string>{"linux", "windows"}));
  EXPECT_EQ(all.parts[2].kind, Kind::kAlways);
}

TEST(ConditionParse, Comparisons) {
  for (const auto& [word, op] :
       {std::pair("eq", Op::kEqual), std::pair("ne", Op::kNotEqual), std::pair("lt", Op::kLess),
        std::pair("le", Op::kAtMost), std::pair("gt", Op::kMore), std::pair("ge", Op::kAtLeast)}) {
    const Condition values = Good(std::string(R"({"fact": "a.*", ")") + word + R"(": 5})");
    EXPECT_EQ(values.op, op);
    EXPECT_EQ(values.values, std::vector<FactValue>{int64_t{5}});
    const Condition other = Good(std::string(R"({"fact": "a", ")") + word + R"(_fact": "b"})");
    EXPECT_EQ(other.op, op);
    EXPECT_EQ(other.other, "b");
  }
  EXPECT_EQ(Good(R"({"fact": "a", "exists": false})").values, std::vector<FactValue>{false});
  EXPECT_TRUE(Good(R"({"fact": "a", "matches": "^x"})").pattern->Matches("xy"));
  EXPECT_FALSE(Good(R"({"fact": "a", "eq": 1, "verified": false})").verified);
}

TEST(ConditionParse, EventsAndFindings) {
  const Condition event = Good(R"({"event": {"id": [165, 740], "text": ["a", "b"]}})");
  EXPECT_EQ(event.ids, (std::vector<int64_t>{165, 740}));
  EXPECT_EQ(event.texts.size(), 2U);
  const Condition finding = Good(R"({"finding": "cause.x", "is": ["likely"]})");
  EXPECT_EQ(finding.key, "cause.x");
  EXPECT_EQ(finding.words, std::vector<std::string>{"likely"});
}

TEST(ConditionParse, WhatIsWrong) {
  for (const char* text :
       {R"({})", R"({"fact": "a"})", R"({"fact": "a", "eq": 1, "ne": 2})", R"({"all": []})",
        R"({"any": {}})", R"({"fact": "a b", "eq": 1})", R"({"fact": "a", "matches": "[a"})",
        R"({"event": {}})", R"({"event": {"id": "x"}})", R"({"finding": "cause.x"})",
        R"({"fact": "a", "eq": 1, "event": {"id": 1}})", R"({"always": false})",
        R"({"fact": "a", "eq": null})", R"({"nott": {}})", "3"})
    EXPECT_GE(Problems(text), 1U) << text;
}

}  // namespace
}  // namespace casepack::manifest
