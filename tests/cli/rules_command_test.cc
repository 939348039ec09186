#include <gtest/gtest.h>

#include <algorithm>

#include "collector/base/json.h"
#include "redaction/ruleset.h"
#include "tests/cli/binary.h"
#include "tests/support/engine.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

// A file with these rules, the first on its second line from column 1.
std::string File(const std::string& rules) {
  return "{\"casepack_rules\": 1, \"rules\": [\n" + rules + "]}";
}

constexpr const char* kAcme =
    R"({"id": "acme-token", "pattern": "acme_[0-9]{8}", "literals": ["acme_"], "examples": ["a «acme_00112233» b"], "counter_examples": ["acme_x"], "source": "acme.test"})";

TEST(RulesCommand, ListsWhatIsBuiltIn) {
  const auto ran = RunCasepack({"rules", "list"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  const auto& rules = casepack::tests::BuiltinRules()->rules();
  EXPECT_EQ(static_cast<size_t>(std::count(ran.out.begin(), ran.out.end(), '\n')), rules.size());
  for (const redaction::Rule& rule : rules) {
    const bool listed =
        ran.out.rfind(rule.id, 0) == 0 || ran.out.find("\n" + rule.id) != std::string::npos;
    EXPECT_TRUE(listed) << rule.id;
  }
}

TEST(RulesCommand, ListsAsJson) {
  const tests::TempTree tree;
  const auto ran = RunCasepack({"rules", "list", "--json", tree.Write("own.json", File(kAcme))});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  const auto json = base::ParseJson(ran.out);
  ASSERT_TRUE(json) << ran.out;
  ASSERT_NE(json->array(), nullptr);
  ASSERT_EQ(json->array()->size(), casepack::tests::BuiltinRules()->rules().size() + 1);
  const base::Json& own = json->array()->front();
  EXPECT_EQ(own.StringOr("id", ""), "acme-token");
  EXPECT_EQ(own.StringOr("pattern", ""), "acme_[0-9]{8}");
  EXPECT_EQ(own.StringOr("source", ""), "acme.test");
  for (const base::Json& rule : *json->array()) {
    EXPECT_NE(rule.StringOr("id", ""), "");
    EXPECT_NE(rule.StringOr("pattern", ""), "") << rule.StringOr("id", "");
  }
}

TEST(RulesCommand, TestsWhatIsBuiltIn) {
  const auto ran = RunCasepack({"rules", "test"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  const std::string count = std::to_string(casepack::tests::BuiltinRules()->rules().size());
  EXPECT_EQ(ran.out.rfind("good: " + count + " rules, ", 0), 0U) << ran.out;
}

TEST(RulesCommand, TestsFiles) {
  const tests::TempTree tree;
  const struct {
    std::string rules;
    int exit;
    std::string said;  // behind the file's name, on standard error
  } cases[] = {
      {kAcme, 0, ""},
      {R"({"id": "a", "pattern": "[0-9", "literals": ["abc"]})", 2, ":2:24: error: rule a: "},
      {R"({"id": "a", "pattern": ".+", "literals": ["abc"]})", 2, ":2:24: error: rule a: "},
      {R"({"id": "a", "pattern": "x*", "literals": ["abc"]})", 2, ":2:24: error: rule a: "},
      {R"({"id": "a", "pattern": "ab[0-9]{9}", "literals": ["ab"]})", 2, ":2:50: error: rule a: "},
      {R"({"id": "a", "patern": "x", "literals": ["abc"]})", 2, ":2:13: error: "},
      {R"({"id": "a", "pattern": "abc[0-9]{9}", "literals": ["abc"], "examples": ["«abc»"]})", 2,
       ":2:72: error: rule a: "},
      // Warnings: slow, and without an example.
      {R"({"id": "a", "pattern": "[0-9]{4}x[0-9]{4}", "examples": ["«1234x5678»"]})", 0,
       ":2:1: warning: rule a: "},
      {R"({"id": "a", "pattern": "abc[0-9]{9}", "literals": ["abc"]})", 0,
       ":2:1: warning: rule a: "},
  };
  for (const auto& c : cases) {
    const std::string file = tree.Write("own.json", File(c.rules));
    const auto ran = RunCasepack({"rules", "test", file});
    EXPECT_EQ(ran.exit, c.exit) << c.rules << "\n" << ran.err;
    EXPECT_EQ(ran.out.rfind("good: 1 rules", 0) == 0, c.exit == 0) << ran.out;
    if (c.said.empty()) {
      EXPECT_EQ(ran.err, "");
    } else {
      EXPECT_EQ(ran.err.rfind(file + c.said, 0), 0U) << c.rules << "\n" << ran.err;
    }
  }
}

TEST(RulesCommand, TellsTheNearestWord) {
  const tests::TempTree tree;
  const auto member = RunCasepack(
      {"rules", "test", tree.Write("own.json", File(R"({"id": "a", "patern": "abc[0-9]"})"))});
  EXPECT_NE(member.err.find("did you mean pattern?"), std::string::npos) << member.err;
  const auto verb = RunCasepack({"rules", "tset"});
  EXPECT_EQ(verb.exit, 2);
  EXPECT_NE(verb.err.find("did you mean test?"), std::string::npos) << verb.err;
}

TEST(RulesCommand, WhatCannotBeRead) {
  const tests::TempTree tree;
  for (const char* verb : {"list", "test"}) {
    const auto missing = RunCasepack({"rules", verb, tree.Path("none")});
    EXPECT_EQ(missing.exit, 2);
    EXPECT_NE(missing.err.find(tree.Path("none")), std::string::npos) << missing.err;
    const std::string file = tree.Write("bad.json", "{\n  \"casepack_rules\": }");
    const auto bad = RunCasepack({"rules", verb, file});
    EXPECT_EQ(bad.exit, 2);
    EXPECT_EQ(bad.out, "");
    EXPECT_EQ(bad.err.rfind(file + ":2:", 0), 0U) << bad.err;
  }
}

TEST(RulesCommand, SpeaksJapanese) {
  const tests::TempTree tree;
  const std::string file =
      tree.Write("own.json", File(R"({"id": "a", "pattern": "[0-9", "literals": ["abc"]})"));
  const auto english = RunCasepack({"rules", "test", file});
  const auto japanese = RunCasepack({"rules", "test", file, "--lang", "ja"});
  EXPECT_EQ(japanese.exit, 2);
  EXPECT_EQ(japanese.err.rfind(file + ":2:24: ", 0), 0U) << japanese.err;
  EXPECT_NE(japanese.err, english.err);
}

}  // namespace
}  // namespace casepack::cli
