#include "collector/manifest/fact_parse.h"

#include <gtest/gtest.h>

#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

struct Read {
  std::vector<FactReader> facts;
  Lines problems;
};

Read Facts(std::string_view text, FactsOf of = FactsOf::kTheItem) {
  const auto json = base::ParseJson(text);
  EXPECT_TRUE(json) << text;
  ProblemList problems("f");
  Read read;
  read.facts = ParseFacts(*json, of, problems);
  read.problems = LinesOf(problems.Take());
  return read;
}

TEST(FactParse, AllMembers) {
  const Read read = Facts(R"j([{"key": "a.{/name}", "from": "records", "give": "most",
    "take": "last", "type": "number", "class": "measure", "pointer": "/cpu",
    "where": {"/name": ["ds_*", "x"], "/state": "S"}, "member": "processes.ndjson",
    "map": {"green": "ok", "1": true}, "verified": false}])j");
  EXPECT_EQ(read.problems, Lines{});
  ASSERT_EQ(read.facts.size(), 1U);
  const FactReader& fact = read.facts[0];
  EXPECT_EQ(fact.key, "a.{/name}");
  EXPECT_EQ(fact.from, FactReader::From::kRecords);
  EXPECT_EQ(fact.give, FactReader::Give::kMost);
  EXPECT_EQ(fact.take, FactReader::Take::kLast);
  EXPECT_EQ(fact.type, FactType::kNumber);
  EXPECT_EQ(fact.klass, FactClass::kMeasure);
  EXPECT_EQ(fact.pointer, "/cpu");
  ASSERT_EQ(fact.where.size(), 2U);
  EXPECT_EQ(fact.where[0].second, (std::vector<std::string>{"ds_*", "x"}));
  EXPECT_EQ(fact.where[1].second, std::vector<std::string>{"S"});
  EXPECT_EQ(fact.member, "processes.ndjson");
  EXPECT_EQ(fact.map.at("green"), FactValue(std::string("ok")));
  EXPECT_EQ(fact.map.at("1"), FactValue(true));
  EXPECT_FALSE(fact.verified);
}

TEST(FactParse, WhatASourceNeeds) {
  for (const char* text :
       {R"j([{"key": "a"}])j",                       // lines: a pattern
        R"j([{"key": "a", "from": "key_value"}])j",  // a name
        R"j([{"key": "a", "from": "json"}])j",       // a pointer
        R"j([{"key": "a", "from": "records"}])j",    // a pointer
        R"j([{"key": "a", "from": "pairs", "pattern": "(a)(b)"}])j",
        R"j([{"from": "item", "name": "exit"}])j",  // a key
        R"j([{"key": "a", "pattern": "[a"}])j", R"j([{"key": "a b", "pattern": "x"}])j",
        R"j([{"key": "a.*", "pattern": "x"}])j",
        R"j([{"key": "a", "pattern": "x", "class": "colour"}])j",
        R"j([{"key": "a", "pattern": "x", "item": "a.b"}])j",
        R"j([{"key": "a", "pattern": "x", "patern": "x"}])j", R"j({})j", "[1]"}) {
    EXPECT_GE(Facts(text).problems.size(), 1U) << text;
  }
  EXPECT_EQ(Facts(R"j([{"key": "a", "from": "records", "give": "count"}])j").problems, Lines{});
}

TEST(FactParse, BesideTheItemsTheyNameTheirs) {
  const Read good = Facts(R"j([{"item": "a.b", "key": "a", "pattern": "x"}])j", FactsOf::kAnyItem);
  EXPECT_EQ(good.problems, Lines{});
  EXPECT_EQ(good.facts.at(0).item, "a.b");
  EXPECT_EQ(Facts(R"j([{"key": "a", "pattern": "x"}])j", FactsOf::kAnyItem).problems.size(), 1U);
}

TEST(FactParse, Derived) {
  const auto derived = [](std::string_view text, size_t problems_expected) {
    ProblemList problems("f");
    auto facts = ParseDerived(*base::ParseJson(text), problems);
    EXPECT_EQ(problems.Take().size(), problems_expected) << text;
    return facts;
  };
  const auto good = derived(R"j([{"key": "a", "text": "{x}-1", "map": {"b*": "c", "*": "d"}},
                                {"key": "b", "difference": ["x", "y"]}])j",
                            0);
  ASSERT_EQ(good.size(), 2U);
  EXPECT_EQ(good[0].map[0], (std::pair<std::string, std::string>("b*", "c")));
  EXPECT_EQ(good[1].difference, (std::vector<std::string>{"x", "y"}));
  derived(R"j([{"key": "a"}])j", 1);
  derived(R"j([{"key": "a", "difference": ["x"]}])j", 1);
  derived(R"j([{"key": "a", "text": "x", "map": []}])j", 1);
}

}  // namespace
}  // namespace casepack::manifest
