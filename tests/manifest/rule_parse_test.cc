#include "collector/manifest/rule_parse.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "collector/manifest/builtin.h"
#include "collector/manifest/builtin_rules.h"
#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

Lines Problems(std::string_view text) { return LinesOf(ParseRules("f", text).problems); }

// A file with that on its second line, from column 1.
std::string File(std::string_view rules) {
  return R"({"casepack_rules": 1, "rules": [)"
         "\n" +
         std::string(rules) + "]}";
}

// A rule that is good but for `more`, which begins at column 1 of line 3.
std::string With(std::string_view more) {
  return File(R"({"id": "x", "pattern": "y",)"
              "\n" +
              std::string(more) + "}");
}

TEST(RuleParse, ReadsAFile) {
  const ParsedRules parsed = ParseRules("f", R"json({
  "casepack_rules": 1,
  "//": "about",
  "family": "acme",
  "rules": [
    {"id": "acme-token", "//": "in their manual", "pattern": "acme_([a-z0-9]{20})",
     "literals": ["acme_", "Acme_"], "exact_case": true, "behind": 3, "max_length": 64, "entropy": 2.5,
     "allow": "x+", "examples": ["a «b»"], "counter_examples": ["c", "d"],
     "source": "acme.test/docs"},
    {"id": "plain", "pattern": "pln_[0-9]{8}"}
  ]
})json");
  EXPECT_EQ(LinesOf(parsed.problems), Lines{});
  ASSERT_EQ(parsed.rules.size(), 2U);
  const redaction::Rule& rule = parsed.rules[0];
  EXPECT_EQ(rule.id, "acme-token");
  EXPECT_EQ(rule.family, "acme");
  EXPECT_EQ(rule.pattern, "acme_([a-z0-9]{20})");
  EXPECT_EQ(rule.literals, (Lines{"acme_", "Acme_"}));
  EXPECT_TRUE(rule.exact_case);
  EXPECT_EQ(rule.behind, 3U);
  EXPECT_EQ(rule.max_length, 64U);
  EXPECT_EQ(rule.entropy, 2.5);
  EXPECT_EQ(rule.allow, Lines{"x+"});
  EXPECT_EQ(rule.examples, Lines{"a «b»"});
  EXPECT_EQ(rule.counter_examples, (Lines{"c", "d"}));
  EXPECT_EQ(rule.source, "acme.test/docs");
  EXPECT_EQ(parsed.rules[1].family, "acme");
  EXPECT_FALSE(parsed.rules[1].exact_case);
  EXPECT_EQ(parsed.rules[1].behind, redaction::Rule().behind);
  EXPECT_EQ(parsed.rules[1].max_length, redaction::Rule().max_length);
  EXPECT_EQ(parsed.rules[1].entropy, 0);
  ASSERT_EQ(parsed.sources.size(), 2U);
  EXPECT_EQ(parsed.sources[0].StringOr("id", ""), "acme-token");
  EXPECT_EQ(parsed.sources[1].place.line, 10U);
}

struct Case {
  std::string text;
  Lines lines;
};

TEST(RuleParse, TellsWhatIsWrongWithAFile) {
  const Case cases[] = {
      {"[]", {"1:1 manifest.expected.object"}},
      {"{}", {"1:1 manifest.member.missing", "1:1 manifest.member.missing"}},
      {R"({"casepack_rules": 1})", {"1:1 manifest.member.missing"}},
      {R"({"rules": []})", {"1:1 manifest.member.missing"}},
      {R"({"casepack_rules": 1, "rules": {}})", {"1:32 manifest.expected.list"}},
      {R"({"casepack_rules": 1, "ruls": []})", {"1:23 manifest.member.unknown -> rules"}},
      {R"({"casepack_rules": 1, "family": 3, "rules": []})", {"1:33 manifest.expected.text"}},
      {File("3"), {"2:1 manifest.expected.object"}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(Problems(c.text), c.lines) << c.text;
}

TEST(RuleParse, KnowsItsVersion) {
  for (const char* version : {"0", "2", "1.0", "\"1\"", "null"}) {
    EXPECT_EQ(Problems(R"({"casepack_rules": )" + std::string(version) + R"(, "rules": []})"),
              Lines{"1:20 manifest.version.unknown"})
        << version;
  }
  EXPECT_EQ(Problems(R"({"casepack_rules": 1, "rules": []})"), Lines{});
}

TEST(RuleParse, TellsWhatIsNoJson) {
  const Case cases[] = {
      {"", {"1:1 base.json.syntax"}},
      {"{\"casepack_rules\": 1,\n \"rules\": [}", {"2:12 base.json.syntax"}},
      {"{\"casepack_rules\": 1,\n \"casepack_rules\": 1}", {"2:2 base.json.twice"}},
      {"{} x", {"1:4 base.json.syntax"}},
      {"\xff", {"1:1 base.json.syntax"}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Problems(c.text), c.lines) << c.text;
    EXPECT_TRUE(ParseRules("f", c.text).rules.empty()) << c.text;
  }
}

TEST(RuleParse, TellsWhatIsWrongWithARule) {
  const Case cases[] = {
      {File(R"({"pattern": "y"})"), {"2:1 manifest.member.missing"}},
      {File(R"({"id": "x"})"), {"2:1 manifest.member.missing"}},
      {File(R"({})"), {"2:1 manifest.member.missing", "2:1 manifest.member.missing"}},
      {File(R"({"id": 7, "pattern": "y"})"), {"2:8 manifest.expected.id"}},
      {File(R"({"id": "X Y", "pattern": "y"})"), {"2:8 manifest.expected.id"}},
      {File(R"({"id": "", "pattern": "y"})"), {"2:8 manifest.expected.id"}},
      {File(R"({"id": "x", "pattern": 7})"), {"2:24 manifest.expected.text"}},
      {File(R"({"id": "x", "pattern": ""})"), {"2:24 manifest.text.empty"}},
      // One slip of the pen is one problem.
      {File(R"({"id": "x", "patern": "y"})"), {"2:13 manifest.member.unknown -> pattern"}},
      {With(R"("literal": ["abc"])"), {"3:1 manifest.member.unknown -> literals"}},
      {With(R"("zzzzzzzz": 1)"), {"3:1 manifest.member.unknown"}},
      {With(R"("literals": 3)"), {"3:13 manifest.expected.text_list"}},
      {With(R"("literals": ["abc", 3])"), {"3:21 manifest.expected.text"}},
      {With(R"("allow": {})"), {"3:10 manifest.expected.text_list"}},
      {With(R"("examples": 1)"), {"3:13 manifest.expected.text_list"}},
      {With(R"("counter_examples": 1)"), {"3:21 manifest.expected.text_list"}},
      {With(R"("source": [])"), {"3:11 manifest.expected.text"}},
      {With(R"("exact_case": 1)"), {"3:15 manifest.expected.flag"}},
      {With(R"("behind": "3")"), {"3:11 manifest.expected.integer"}},
      {With(R"("max_length": 1.5)"), {"3:15 manifest.expected.integer"}},
      {With("\"behind\": 1001,\n\"max_length\": 0,\n\"entropy\": 9"),
       {"3:11 manifest.range", "4:15 manifest.range", "5:12 manifest.range"}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(Problems(c.text), c.lines) << c.text;
}

TEST(RuleParse, KnowsItsBounds) {
  const struct {
    const char* member;
    std::vector<std::string> good;
    std::vector<std::string> bad;
  } cases[] = {
      {"behind", {"0", "1000"}, {"-1", "1001", "9223372036854775807"}},
      {"max_length", {"1", "4096"}, {"0", "-1", "4097"}},
      {"entropy", {"0", "0.0", "3", "3.5", "8", "8.0"}, {"-0.1", "8.1", "9", "\"high\"", "[]"}},
  };
  for (const auto& c : cases) {
    const std::string name = "\"" + std::string(c.member) + "\": ";
    for (const std::string& value : c.good)
      EXPECT_EQ(Problems(With(name + value)), Lines{}) << name << value;
    for (const std::string& value : c.bad) {
      EXPECT_EQ(Problems(With(name + value)),
                Lines{"3:" + std::to_string(name.size() + 1) + " manifest.range"})
          << name << value;
    }
  }
  EXPECT_EQ(ParseRules("f", With(R"("entropy": 3)")).rules.at(0).entropy, 3);
}

TEST(RuleParse, TellsAnIdThatComesTwice) {
  const std::string rule = R"({"id": "x", "pattern": "y"})";
  EXPECT_EQ(LinesOf(ParseRules("f", File(rule + ",\n" + rule)).problems, Args::kShow),
            Lines{"3:8 manifest.item_id.twice id=x first_line=2"});
}

TEST(RuleParse, KeepsWhatIsGoodBesideWhatIsNot) {
  const ParsedRules parsed =
      ParseRules("f", File(R"({"id": "x"}, {"id": "y", "pattern": "z"}, 3)"));
  ASSERT_EQ(parsed.rules.size(), 1U);
  EXPECT_EQ(parsed.rules[0].id, "y");
  ASSERT_EQ(parsed.sources.size(), 1U);
  EXPECT_EQ(parsed.sources[0].StringOr("id", ""), "y");
}

TEST(RuleParse, ProblemsCarryTheNameOfTheFile) {
  EXPECT_EQ(ParseRules("dir/x.json", "{").problems.at(0).file, "dir/x.json");
  EXPECT_EQ(ParseRules("dir/x.json", "3").problems.at(0).file, "dir/x.json");
}

TEST(RuleParse, ShowsNothingThatATerminalWouldObey) {
  EXPECT_EQ(LinesOf(ParseRules("f", File(R"({"id": "\u001b[2J", "pattern": "y"})")).problems,
                    Args::kShow),
            Lines{R"(2:8 manifest.expected.id found="\x1b[2J")"});
}

// Every cut of a good file is judged without a crash.
TEST(RuleParse, StandsDamage) {
  const std::string good = With(R"("literals": ["abc"], "behind": 3, "entropy": 2.5)");
  ASSERT_EQ(Problems(good), Lines{});
  for (size_t i = 0; i < good.size(); ++i)
    EXPECT_FALSE(Problems(good.substr(0, i)).empty()) << i;
}

TEST(LocateProblem, PointsAtTheMemberThatIsToBlame) {
  using Kind = redaction::RuleProblem::Kind;
  const ParsedRules parsed = ParseRules("f", File(R"({"id": "x",
"pattern": "y",
  "literals": ["ab"],
"max_length": 1,
"examples": [],
"counter_examples": ["c"]})"));
  ASSERT_EQ(parsed.sources.size(), 1U);
  const struct {
    Kind kind;
    const char* field;
    const char* line;
  } cases[] = {
      {Kind::kSyntax, "pattern", "3:12 manifest.rules.syntax"},
      {Kind::kMatchesEmpty, "pattern", "3:12 manifest.rules.matches_empty"},
      {Kind::kMatchesAll, "pattern", "3:12 manifest.rules.matches_all"},
      {Kind::kLiteral, "literals", "4:15 manifest.rules.literal"},
      {Kind::kBounds, "max_length", "5:15 manifest.rules.bounds"},
      {Kind::kExample, "examples", "6:13 manifest.rules.example"},
      {Kind::kNoExample, "examples", "6:13 manifest.rules.no_example"},
      {Kind::kCounterExample, "counter_examples", "7:21 manifest.rules.counter_example"},
      {Kind::kBounds, "behind", "2:1 manifest.rules.bounds"},  // not written: the rule itself
      {Kind::kSyntax, "allow", "2:1 manifest.rules.syntax"},
      {Kind::kNoLiteral, "", "2:1 manifest.rules.no_literal"},
  };
  for (const auto& c : cases) {
    const Problem problem =
        LocateProblem("dir/f", parsed.sources[0], {0, c.kind, c.field, "why\x1b"});
    EXPECT_EQ(LineOf(problem), c.line);
    EXPECT_EQ(problem.file, "dir/f");
    const std::vector<std::pair<std::string, std::string>> args = {
        {"id", "x"}, {"field", c.field}, {"detail", "why\\x1b"}};
    EXPECT_EQ(problem.message.args, args) << c.line;
  }
}

TEST(BuiltinRuleFiles, AreTheFilesOfTheTree) {
  std::map<std::string, std::string> in_tree;
  for (const auto& entry :
       std::filesystem::directory_iterator(CASEPACK_SOURCE_DIR "/redaction/rules")) {
    if (entry.path().extension() != ".json") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    in_tree[entry.path().filename().string()] = text.str();
  }
  std::map<std::string, std::string> built_in;
  for (const BuiltinFile& file : BuiltinRuleFiles())
    built_in.emplace(std::string(file.name), std::string(file.text));
  EXPECT_EQ(built_in, in_tree);
}

// Whether they do what they say is tested in tests/run.
TEST(BuiltinRuleFiles, CanBeReadAndAreComplete) {
  std::map<std::string, std::string> files;  // id -> where it stands
  for (const BuiltinFile& file : BuiltinRuleFiles()) {
    const ParsedRules parsed = ParseRules(file.name, file.text);
    EXPECT_EQ(LinesOf(parsed.problems, Args::kShow), Lines{}) << file.name;
    EXPECT_FALSE(parsed.rules.empty()) << file.name;
    for (const redaction::Rule& rule : parsed.rules) {
      const auto [first, is_new] = files.emplace(rule.id, file.name);
      EXPECT_TRUE(is_new) << rule.id << " in " << file.name << " and in " << first->second;
      EXPECT_FALSE(rule.family.empty()) << rule.id;
      EXPECT_FALSE(rule.literals.empty()) << rule.id;
      EXPECT_FALSE(rule.examples.empty()) << rule.id;
      EXPECT_FALSE(rule.counter_examples.empty()) << rule.id;
      EXPECT_FALSE(rule.source.empty()) << rule.id;
    }
  }
  EXPECT_GE(files.size(), 150U);
}

TEST(BuiltinRules, AreThoseOfTheFiles) {
  std::vector<redaction::Rule> in_files;
  for (const BuiltinFile& file : BuiltinRuleFiles()) {
    for (redaction::Rule& rule : ParseRules(file.name, file.text).rules)
      in_files.push_back(std::move(rule));
  }
  const std::vector<redaction::Rule> rules = BuiltinRules();
  ASSERT_EQ(rules.size(), in_files.size());
  for (size_t i = 0; i < rules.size(); ++i) {
    const redaction::Rule& wanted = in_files[i];
    EXPECT_EQ(rules[i].id, wanted.id);
    EXPECT_EQ(rules[i].family, wanted.family) << wanted.id;
    EXPECT_EQ(rules[i].pattern, wanted.pattern) << wanted.id;
    EXPECT_EQ(rules[i].literals, wanted.literals) << wanted.id;
    EXPECT_EQ(rules[i].allow, wanted.allow) << wanted.id;
    EXPECT_EQ(rules[i].source, wanted.source) << wanted.id;
    EXPECT_EQ(rules[i].exact_case, wanted.exact_case) << wanted.id;
    EXPECT_EQ(rules[i].behind, wanted.behind) << wanted.id;
    EXPECT_EQ(rules[i].max_length, wanted.max_length) << wanted.id;
    EXPECT_EQ(rules[i].entropy, wanted.entropy) << wanted.id;
  }
}

}  // namespace
}  // namespace casepack::manifest
