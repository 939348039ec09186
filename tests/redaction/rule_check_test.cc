#include "redaction/rule_check.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "redaction/encoding.h"
#include "redaction/stream.h"
#include "tests/redaction/corpus.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

using Kind = RuleProblem::Kind;

TEST(RuleCheck, ParseExample) {
  const Framed framed = ParseExample("key=«abc»;");
  EXPECT_EQ(framed.text, "key=abc;");
  EXPECT_EQ(framed.begin, 4U);
  EXPECT_EQ(framed.end, 7U);
  const Framed whole = ParseExample("«abc»");
  EXPECT_EQ(whole.text, "abc");
  EXPECT_EQ(whole.begin, 0U);
  EXPECT_EQ(whole.end, 3U);
  for (const std::string text : {"", "abc", "«abc", "abc»", "»abc«"}) {
    const Framed none = ParseExample(text);
    EXPECT_EQ(none.text, text);
    EXPECT_EQ(none.end, kNotFound) << text;
  }
}

Rule Make() {
  Rule rule;
  rule.id = "made";
  rule.pattern = "key=([a-z]+)";
  rule.literals = {"key="};
  rule.examples = {"key=«abc»"};
  return rule;
}

std::vector<Kind> Problems(const Rule& rule) {
  std::vector<Kind> kinds;
  const auto rules = Ruleset::Compile({Make(), rule}, CompileRules::kNow, nullptr);
  for (const RuleProblem& problem : CheckExamples(*rules)) {
    EXPECT_EQ(problem.rule, 1U);
    kinds.push_back(problem.kind);
  }
  return kinds;
}

using Kinds = std::vector<Kind>;

TEST(RuleCheck, ExamplesAreFoundWhereTheyAreFramed) {
  Rule rule = Make();
  rule.examples = {"x key=«abc» y", "«abc»"};
  EXPECT_EQ(Problems(rule), Kinds{Kind::kExample});
  for (const char* wrong : {"key=a«bc»", "key=«ab»c", "«key=abc»", "key=«ABC»", "akey=«abc»",
                            "key=abc", "key=a key=«abc»", "nothing"}) {
    rule.examples = {wrong};
    EXPECT_EQ(Problems(rule), Kinds{Kind::kExample}) << wrong;
  }
  for (const char* right : {"key=«abc»", "-Dkey=«abc»", "\\nkey=«abc»", "x.key=«abc» key=x"}) {
    rule.examples = {right};
    EXPECT_EQ(Problems(rule), Kinds{}) << right;
  }
}

TEST(RuleCheck, TheProblemNamesTheExample) {
  Rule rule = Make();
  rule.examples = {"key=«1»"};
  rule.counter_examples = {"key=abc"};
  const auto rules = Ruleset::Compile({rule}, CompileRules::kNow, nullptr);
  const std::vector<RuleProblem> problems = CheckExamples(*rules);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].kind, Kind::kExample);
  EXPECT_EQ(problems[0].detail, "key=«1»");
  EXPECT_EQ(problems[0].field, "examples");
  EXPECT_EQ(problems[1].kind, Kind::kCounterExample);
  EXPECT_EQ(problems[1].detail, "key=abc");
  EXPECT_EQ(problems[1].field, "counter_examples");
}

TEST(RuleCheck, CounterExamplesStay) {
  Rule rule = Make();
  rule.counter_examples = {"key=123", "monkey=abc", "key=null", "key: abc"};
  EXPECT_EQ(Problems(rule), Kinds{});
  rule.counter_examples = {"key=123", "a key=abc"};
  EXPECT_EQ(Problems(rule), Kinds{Kind::kCounterExample});
}

TEST(RuleCheck, NoExampleIsAWarning) {
  Rule rule = Make();
  rule.examples.clear();
  EXPECT_EQ(Problems(rule), Kinds{Kind::kNoExample});
}

// Whole, or what follows tells nothing.
TEST(RuleCheck, RulesWithErrorsAreNotAsked) {
  Rule rule = Make();
  rule.pattern = "key=(";
  EXPECT_EQ(Problems(rule), Kinds{});
}

TEST(RuleCheck, RulesWithoutLiteralsAndBehind) {
  Rule rule = Make();
  rule.pattern = "zz([0-9]{6})";
  rule.literals.clear();
  rule.examples = {"a zz«123456»"};
  rule.counter_examples = {"azz123456"};
  EXPECT_EQ(Problems(rule), Kinds{});
  rule = Make();
  rule.pattern = "([a-z]{3,9})@tok";
  rule.literals = {"tok"};
  rule.behind = 10;
  rule.examples = {"x «abc»@tok"};
  EXPECT_EQ(Problems(rule), Kinds{});
}

TEST(RuleCheck, TheBuiltinRulesDoWhatTheySay) {
  const Ruleset& rules = *casepack::tests::BuiltinRules();
  for (const RuleProblem& problem : CheckExamples(rules)) {
    ADD_FAILURE() << rules.rules()[problem.rule].id << ": " << problem.field << ": "
                  << problem.detail;
  }
}

struct Example {
  std::string id;
  std::string text;
  std::string value;
};

const std::vector<Example>& Examples() {
  static const std::vector<Example> all = [] {
    std::vector<Example> examples;
    for (const Rule& rule : casepack::tests::BuiltinRules()->rules()) {
      for (const std::string& example : rule.examples) {
        const Framed framed = ParseExample(example);
        if (framed.end == kNotFound) continue;
        examples.push_back(
            {rule.id, framed.text, framed.text.substr(framed.begin, framed.end - framed.begin)});
      }
    }
    return examples;
  }();
  return all;
}

size_t CountOf(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

// The value may stand elsewhere in the example, too (`user=postgres password=postgres`):
// then there is one less of it.
void ExpectGone(const Example& example, const std::string& text, const std::string& safe,
                const std::string& value, const char* how) {
  EXPECT_LT(CountOf(safe, value), CountOf(text, value))
      << how << ": " << example.id << "\n  " << text << "\n  " << safe;
}

std::string Redact(const std::string& text) {
  return RedactText(casepack::tests::TestEngine(), text, nullptr);
}

TEST(RuleCheck, EveryExampleIsRedactedByTheWholeStream) {
  ASSERT_GT(Examples().size(), 500U);
  for (const Example& example : Examples()) {
    const std::string safe = Redact(example.text);
    ExpectGone(example, example.text, safe, example.value, "alone");
    Counts again;
    EXPECT_EQ(RedactText(casepack::tests::TestEngine(), safe, &again), safe) << example.text;
    EXPECT_TRUE(again.empty()) << example.id << ": " << safe;
  }
}

// Rules for whole lines know their line; others stand where a log puts them.
bool BeginsALine(const std::string& id) {
  for (const Rule& rule : casepack::tests::BuiltinRules()->rules()) {
    if (rule.id == id) return rule.pattern.find('^') != std::string::npos;
  }
  return false;
}

TEST(RuleCheck, EveryExampleIsRedactedInALog) {
  for (const Example& example : Examples()) {
    const std::string before = BeginsALine(example.id)
                                   ? "2026-06-30 12:39:27 INFO started\n"
                                   : "2026-06-30 12:39:27 INFO [main] started with: ";
    const std::string text = before + example.text + "\n2026-06-30 12:39:28 INFO done\n";
    const std::string safe = Redact(text);
    ExpectGone(example, text, safe, example.value, "in a log");
    EXPECT_TRUE(safe.ends_with("\n2026-06-30 12:39:28 INFO done\n")) << example.id << "\n" << safe;
    EXPECT_TRUE(safe.starts_with(before)) << example.id << "\n" << safe;
  }
}

TEST(RuleCheck, EveryExampleIsRedactedInUtf16) {
  for (const Example& example : Examples()) {
    const std::string text = testing::ToUtf16Le(example.text + "\nand a line without a secret\n");
    const std::string safe = Redact(text);
    std::string utf8;
    Decoder decoder([&](std::string_view part) { utf8.append(part); });
    decoder.Feed(safe);
    decoder.Finish();
    ExpectGone(example, example.text, utf8, example.value, "in UTF-16");
    EXPECT_NE(utf8.find("\nand a line without a secret\n"), std::string::npos) << utf8;
  }
}

std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out;
}

// Not every notation survives being escaped once more: a rule that wants a quote finds a
// backslash. How many are missed is held here, so that it can only become less.
TEST(RuleCheck, MostExamplesAreRedactedInAJsonString) {
  size_t missed = 0;
  for (const Example& example : Examples()) {
    const std::string text = "{\"n\":1,\"log\":\"" + Escaped(example.text) + "\",\"end\":true}\n";
    const std::string value = Escaped(example.value);
    if (CountOf(Redact(text), value) >= CountOf(text, value)) ++missed;
  }
  EXPECT_LE(missed, Examples().size() / 10);
}

}  // namespace
}  // namespace casepack::redaction
