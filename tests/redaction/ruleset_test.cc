#include "redaction/ruleset.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "redaction/capture.h"
#include "redaction/entropy.h"
#include "redaction/marker.h"
#include "redaction/rule_check.h"
#include "redaction/values.h"
#include "tests/redaction/generator.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

using Kind = RuleProblem::Kind;

Rule Make(const std::string& pattern, std::vector<std::string> literals) {
  Rule rule;
  rule.id = "made";
  rule.pattern = pattern;
  rule.literals = std::move(literals);
  return rule;
}

std::shared_ptr<const Ruleset> Compile(const Rule& rule) {
  std::vector<RuleProblem> problems;
  auto rules = Ruleset::Compile({rule}, CompileRules::kNow, &problems);
  for (const RuleProblem& problem : problems)
    EXPECT_EQ(problem.kind, Kind::kNoLiteral) << problem.field << ": " << problem.detail;
  return rules;
}

// The value that is found where the literal begins at `at`; "-" for none.
std::string ValueAt(const Rule& rule, std::string_view text, size_t at, size_t floor = 0,
                    size_t length = 0) {
  const View view{text, floor, 0, true};
  const auto rules = Compile(rule);  // a find points to the id of its rule
  const Found found = rules->MatchAt(0, view, at, length);
  if (!found) return "-";
  EXPECT_EQ(found->id, "made");
  EXPECT_FALSE(found->identifier);
  return std::string(text.substr(found->begin, found->end - found->begin));
}

TEST(Ruleset, TheValueIsGroup1OrTheWholeMatch) {
  EXPECT_EQ(ValueAt(Make("key=([a-z]+)", {"key="}), "x key=abc;", 2), "abc");
  EXPECT_EQ(ValueAt(Make("tok_[a-z]{3}", {"tok_"}), "x tok_abc;", 2), "tok_abc");
  EXPECT_EQ(ValueAt(Make("tok_(?:[a-z]{3})", {"tok_"}), "tok_abc", 0), "tok_abc");
  EXPECT_EQ(ValueAt(Make("key=(a+)(b+)", {"key="}), "key=aabb", 0), "aa");
  EXPECT_EQ(ValueAt(Make("key=(?:x|([a-z]*))", {"key="}), "key=", 0), "-");
}

TEST(Ruleset, OnlyWhereTheLiteralStands) {
  const Rule rule = Make("key=([a-z]+)", {"key="});
  EXPECT_EQ(ValueAt(rule, "x key=abc;", 0), "-");
  EXPECT_EQ(ValueAt(rule, "x key=abc;", 1), "-");
  EXPECT_EQ(ValueAt(rule, "x key=abc;", 3), "-");
}

TEST(Ruleset, LinesBytesAndFlags) {
  EXPECT_EQ(ValueAt(Make("^key ([a-z]+)$", {"key "}), "x\nkey abc\ny", 2), "abc");
  EXPECT_EQ(ValueAt(Make("^key ([a-z]+)$", {"key "}), "x key abc\ny", 2), "-");
  EXPECT_EQ(ValueAt(Make("(?i)key=([a-z]+)", {"key="}), "KEY=ABC", 0), "ABC");
  EXPECT_EQ(ValueAt(Make("key=(\\S+)", {"key="}), "key=\xff\xe3z x", 0), "\xff\xe3z");
  EXPECT_EQ(ValueAt(Make("key=(.{2})", {"key="}), "key=\xe3\x82z", 0), "\xe3\x82");
}

// `behind` bytes may stand before the literal, and no more.
TEST(Ruleset, Behind) {
  Rule rule = Make("([a-z]{3,20})@tok\\b", {"tok"});
  EXPECT_EQ(ValueAt(rule, "abcd@tok", 5), "-");
  rule.behind = 5;
  EXPECT_EQ(ValueAt(rule, "abcd@tok", 5), "abcd");
  EXPECT_EQ(ValueAt(rule, "xyzabcd@tok", 8), "abcd");
  rule.behind = 3;
  EXPECT_EQ(ValueAt(rule, "abcd@tok", 5), "-");
  rule.behind = 21;
  EXPECT_EQ(ValueAt(rule, "xyzabcd@tok", 8), "xyzabcd");
  EXPECT_EQ(ValueAt(rule, "xyz@tok", 4), "xyz");
  // The first match that reaches the literal, not one that ends before it.
  EXPECT_EQ(ValueAt(rule, "abc@tok defg@tok", 13), "defg");
}

TEST(Ruleset, NothingBehindTheFloor) {
  Rule rule = Make("([a-z]{3,20})@tok", {"tok"});
  rule.behind = 20;
  EXPECT_EQ(ValueAt(rule, "xyzabcd@tok", 8, 3), "abcd");
  EXPECT_EQ(ValueAt(rule, "xyzabcd@tok", 8, 5), "-");
  EXPECT_EQ(ValueAt(rule, "xyzabcd@tok", 8, 8), "-");
}

TEST(Ruleset, MaxLength) {
  Rule rule = Make("key=([a-z]{6})", {"key="});
  rule.max_length = 10;
  EXPECT_EQ(ValueAt(rule, "key=abcdef ", 0), "abcdef");
  rule.max_length = 9;
  EXPECT_EQ(ValueAt(rule, "key=abcdef ", 0), "-");
  // It counts from the literal, not from the beginning of the match.
  Rule with_behind = Make("([a-z]{6})@tok=", {"tok="});
  with_behind.behind = 7;
  with_behind.max_length = 4;
  EXPECT_EQ(ValueAt(with_behind, "abcdef@tok= ", 7), "abcdef");
}

// A match that fills its window has perhaps not ended there: the rest of the token goes.
TEST(Ruleset, AMatchThatFillsItsWindowSwallowsTheRest) {
  Rule rule = Make("key=([a-z]+)", {"key="});
  rule.max_length = 10;
  EXPECT_EQ(ValueAt(rule, "key=abcdefghijkl x", 0), "abcdefghijkl");
  EXPECT_EQ(ValueAt(rule, "key=abcdef x", 0), "abcdef");
  EXPECT_EQ(ValueAt(rule, "key=abcdefghi", 0), "abcdefghi");
  EXPECT_EQ(ValueAt(rule, "key=abcdefghi.jk-l_9\"x", 0), "abcdefghi.jk-l_9");
  EXPECT_EQ(ValueAt(rule, "key=abcde.x", 0), "abcde");
}

TEST(Ruleset, AMatchThatGoesOnBeyondTheViewIsSwallowed) {
  Rule rule = Make("key=([a-z]+)", {"key="});
  rule.max_length = 10;
  const std::string text = "key=" + std::string(2000, 'a');
  const View view{text, 0, 0, false};
  const auto rules = Compile(rule);
  const Found found = rules->MatchAt(0, view, 0);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, 4U);
  EXPECT_EQ(found->end, kNotFound);
  EXPECT_EQ(found->ending.kind, Ending::Kind::kChars);
}

TEST(Ruleset, Allow) {
  Rule rule = Make("key=([a-z0-9]+)", {"key="});
  rule.allow = {"example", "[0-9]+"};
  EXPECT_EQ(ValueAt(rule, "key=example", 0), "-");
  EXPECT_EQ(ValueAt(rule, "key=12345", 0), "-");
  EXPECT_EQ(ValueAt(rule, "key=example1", 0), "example1");  // the whole value, or nothing
  EXPECT_EQ(ValueAt(rule, "key=x12345", 0), "x12345");
}

TEST(Ruleset, Entropy) {
  Rule rule = Make("key=([a-z0-9]+)", {"key="});
  rule.entropy = 2.5;
  EXPECT_EQ(ValueAt(rule, "key=aaaabbbbcccc", 0), "-");
  EXPECT_EQ(ValueAt(rule, "key=a1b2c3d4e5f6", 0), "a1b2c3d4e5f6");
}

TEST(Ruleset, PlaceholdersAndMarkersStay) {
  const Rule rule = Make("key=(\\S+)", {"key="});
  for (const char* value : {"${X}", "****", "null", "%s", "<key>", "[REDACTED:password]",
                            "[REDACTED:password];", "a[REDACTED:password]b"})
    EXPECT_EQ(ValueAt(rule, std::string("key=") + value, 0), "-") << value;
  EXPECT_EQ(ValueAt(rule, "key=summer", 0), "summer");
}

struct BadRule {
  Rule rule;
  Kind kind;
  std::string field;
};

std::vector<BadRule> BadRules() {
  std::vector<BadRule> bad = {
      {Make("key=(", {"key="}), Kind::kSyntax, "pattern"},
      {Make("(?=key)", {"key="}), Kind::kSyntax, "pattern"},
      {Make("(a)\\1", {"key="}), Kind::kSyntax, "pattern"},
      {Make("(?:key=)?[a-z]*", {"key="}), Kind::kMatchesEmpty, "pattern"},
      {Make("[a-z]{3,}", {"key="}), Kind::kMatchesAll, "pattern"},
      {Make("\\d+", {}), Kind::kMatchesAll, "pattern"},
      {Make("ab([0-9]{30})", {"ab"}), Kind::kLiteral, "literals"},
      {Make("_key([0-9]{30})", {"_key"}), Kind::kLiteral, "literals"},
      {Make("key([0-9]{30})", {"key", ""}), Kind::kLiteral, "literals"},
      {Make("key=([a-z]+)", {"key="}), Kind::kBounds, "max_length"},
      {Make("key=([a-z]+)", {"key="}), Kind::kBounds, "max_length"},
      {Make("key=([a-z]+)", {"key="}), Kind::kBounds, "behind"},
      {Make("key=([a-z]+)", {"key="}), Kind::kSyntax, "allow"},
  };
  bad[9].rule.max_length = 4097;
  bad[10].rule.max_length = 0;
  bad[11].rule.behind = 1001;
  bad[12].rule.allow = {"fine", "not(fine"};
  return bad;
}

TEST(Ruleset, EveryErrorIsToldAndItsRuleLeftOut) {
  const Rule good = Make("key=([a-z]+)", {"key="});
  for (const BadRule& bad : BadRules()) {
    std::vector<RuleProblem> problems;
    const auto rules = Ruleset::Compile({good, bad.rule, good}, CompileRules::kNow, &problems);
    const auto told = std::find_if(problems.begin(), problems.end(), [&](const RuleProblem& one) {
      return one.rule == 1 && one.kind == bad.kind && one.field == bad.field;
    });
    EXPECT_NE(told, problems.end()) << bad.rule.pattern << " " << bad.field;
    for (const RuleProblem& problem : problems)
      EXPECT_EQ(problem.rule, 1U);
    if (told != problems.end() && bad.kind == Kind::kSyntax) {
      EXPECT_FALSE(told->detail.empty());
    }
    EXPECT_TRUE(rules->usable(0));
    EXPECT_FALSE(rules->usable(1)) << bad.rule.pattern << " " << bad.field;
    EXPECT_TRUE(rules->usable(2));
    const View view{"key=abc", 0, 0, true};
    EXPECT_TRUE(rules->MatchAt(0, view, 0));
    EXPECT_FALSE(rules->MatchAt(1, view, 0));
  }
}

TEST(Ruleset, BoundsThatAreStillRight) {
  Rule rule = Make("key=([a-z]+)", {"key="});
  rule.max_length = 4096;
  rule.behind = 1000;
  EXPECT_TRUE(Compile(rule)->usable(0));
  EXPECT_TRUE(Compile(Make("\\$9\\$([a-z]{30})", {"$9$"}))->usable(0));
}

TEST(Ruleset, NoLiteralIsAWarning) {
  std::vector<RuleProblem> problems;
  const auto rules = Ruleset::Compile({Make("key=([a-z]+)", {"key="}), Make("zz[0-9]{9}", {})},
                                      CompileRules::kNow, &problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].kind, Kind::kNoLiteral);
  EXPECT_EQ(problems[0].rule, 1U);
  EXPECT_TRUE(rules->usable(1));
  EXPECT_EQ(rules->unselected(), std::vector<size_t>{1});
  const View view{"zz123456789", 0, 0, true};
  EXPECT_TRUE(rules->MatchAt(1, view, 0));
}

TEST(Ruleset, CompiledWhenNeededFindsTheSame) {
  const auto rules =
      Ruleset::Compile({Make("key=([a-z]+)", {"key="})}, CompileRules::kWhenNeeded, nullptr);
  const View view{"key=abc;", 0, 0, true};
  // By many threads at a time, the first of which compiles.
  std::vector<std::thread> threads;
  std::vector<size_t> ends(8);
  for (size_t& end : ends) {
    threads.emplace_back([&rules, &view, &end] {
      const Found found = rules->MatchAt(0, view, 0);
      end = found ? found->end : 0;
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(ends, std::vector<size_t>(8, 7));
}

// A rule without anything that saves a look: its expression at each place, and its group.
class Plain {
 public:
  explicit Plain(const Rule& rule)
      : rule_(&rule), pattern_(CompileExpression("(?m:" + rule.pattern + ")")) {
    for (const std::string& allowed : rule.allow)
      allow_.push_back(CompileExpression(allowed));
  }

  // Empty: there is none.
  [[nodiscard]] std::string_view ValueAt(std::string_view text, size_t at) const {
    const size_t last = std::min(text.size(), at + rule_->max_length);
    for (size_t from = at - std::min(at, rule_->behind); from <= at; ++from) {
      std::array<re2::StringPiece, 2> found;
      if (!pattern_->Match({text.data(), text.size()}, from, last, RE2::ANCHOR_START, found.data(),
                           2)) {
        continue;
      }
      const size_t end = from + found[0].size();
      const auto value = found[pattern_->NumberOfCapturingGroups() == 0 ? 0 : 1];
      if (end > at) return {value.data(), value.size()};
      from = std::max(end, from + 1) - 1;
    }
    return {};
  }
  [[nodiscard]] bool MayStay(std::string_view value) const {
    return IsPlaceholder(value) || value.find(kMarkerStart) != std::string_view::npos ||
           (rule_->entropy > 0 && EntropyOf(value) < rule_->entropy) ||
           std::any_of(allow_.begin(), allow_.end(), [&](const auto& allowed) {
             return RE2::FullMatch({value.data(), value.size()}, *allowed);
           });
  }

 private:
  const Rule* rule_;
  std::unique_ptr<RE2> pattern_;
  std::vector<std::unique_ptr<RE2>> allow_;
};

// All rules at all places of their literals: their examples between other lines, and with a
// byte or two of another kind.
TEST(Ruleset, FindsWhatTheExpressionAloneFinds) {
  testing::Generator generator(11);
  const std::shared_ptr<const Ruleset> rules = casepack::tests::BuiltinRules();
  const auto noise = [&] {
    std::string text;
    for (size_t i = generator.Below(12); i > 0; --i)
      text += std::vector<const char*>{
          "{", "x: ", "\n", " a=1", "@", "(", "  ", "\"", "*", "%"}[generator.Below(10)];
    return text;
  };
  size_t found_some = 0;
  size_t asked = 0;
  for (size_t i = 0; i < rules->rules().size(); ++i) {
    const Rule& rule = rules->rules()[i];
    const Plain plain(rule);
    for (const std::string& example : rule.examples) {
      for (int round = 0; round < 8; ++round) {
        std::string text = noise() + ParseExample(example).text + noise();
        for (int k = round / 2; k > 0; --k)
          text[generator.Below(text.size())] = "aA0:= \"'-\\/@,\n{}("[generator.Below(17)];
        const View view{text, 0, 0, true};
        for (size_t at = 0; at < text.size(); ++at) {
          for (const std::string& literal : rule.literals) {
            if (!StartsAtAnyCase(view, at, literal)) continue;
            const std::string_view value = plain.ValueAt(text, at);
            const Found found = rules->MatchAt(i, view, at, literal.size());
            const bool wanted = !value.empty() && !plain.MayStay(value);
            ASSERT_EQ(found.has_value(), wanted) << rule.id << " at " << at << ": " << text;
            ++asked;
            if (!found) continue;
            ++found_some;
            ASSERT_EQ(found->begin, value.data() - text.data()) << rule.id << ": " << text;
            if (found->end == kNotFound) continue;
            ASSERT_GE(found->end, found->begin + value.size()) << rule.id << ": " << text;
          }
        }
      }
    }
  }
  EXPECT_GT(found_some, 5000U);
  EXPECT_GT(asked, found_some + 2000U);
}

// What the rule finds at its literals, in their own case or in any: the places of the values.
std::set<size_t> FoundBy(const Ruleset& rules, size_t index, const View& view, bool exact) {
  std::set<size_t> begins;
  for (size_t at = 0; at < view.text.size(); ++at) {
    for (const std::string& literal : rules.rules()[index].literals) {
      const bool is = exact ? StartsAt(view, at, literal) : StartsAtAnyCase(view, at, literal);
      if (!is) continue;
      if (const Found found = rules.MatchAt(index, view, at, literal.size()); found)
        begins.insert(found->begin);
    }
  }
  return begins;
}

// exact_case is a promise: what a rule finds at its literals in any case is what it finds at
// those in their own. Asked of the examples with letters of other cases, with other blanks, and
// with a literal of another case put in somewhere.
TEST(Ruleset, LiteralsInAnotherCaseBeginNothing) {
  testing::Generator generator(5);
  const std::shared_ptr<const Ruleset> rules = casepack::tests::BuiltinRules();
  const auto other_case = [&](char c) {
    return IsAlpha(c) && generator.Below(2) == 0 ? static_cast<char>(c ^ 0x20) : c;
  };
  size_t exact_rules = 0;
  size_t in_another_case = 0;
  size_t found = 0;
  for (size_t i = 0; i < rules->rules().size(); ++i) {
    const Rule& rule = rules->rules()[i];
    if (!rule.exact_case) continue;
    ++exact_rules;
    for (const std::string& example : rule.examples) {
      for (int round = 0; round < 200; ++round) {
        std::string text = ParseExample(example).text;
        std::string literal = rule.literals[generator.Below(rule.literals.size())];
        std::transform(literal.begin(), literal.end(), literal.begin(), other_case);
        const size_t place = generator.Below(text.size() + 1);
        if (round % 4 != 0)
          text.insert(place, std::vector<const char*>{"", " ", "\"", "\t"}[round % 4] + literal);
        if (round % 3 == 0) std::replace(text.begin(), text.end(), ' ', '\t');
        if (round % 8 == 4) std::transform(text.begin(), text.end(), text.begin(), other_case);
        const View view{text, 0, 0, true};
        const std::set<size_t> in_any = FoundBy(*rules, i, view, false);
        EXPECT_EQ(in_any, FoundBy(*rules, i, view, true)) << rule.id << ": " << text;
        found += in_any.size();
        in_another_case += text.find(literal) != std::string::npos ? 1 : 0;
      }
    }
  }
  EXPECT_GT(exact_rules, 40U);
  EXPECT_GT(found, 5000U);
  EXPECT_GT(in_another_case, 5000U);
}

// A byte behind the literal that no match has there is told at once, and no other is.
TEST(Ruleset, WhatFollowsTheLiteral) {
  Rule rule = Make("(?i)(?:key|token|a-long-literal-of-many)(?:=|: )([a-z]+)",
                   {"key", "token", "a-long-literal-of-many"});
  for (const std::string& literal : rule.literals) {
    EXPECT_EQ(ValueAt(rule, literal + "=abc", 0, 0, literal.size()), "abc");
    EXPECT_EQ(ValueAt(rule, literal + ": abc", 0, 0, literal.size()), "abc");
    EXPECT_EQ(ValueAt(rule, literal + "}abc", 0, 0, literal.size()), "-");
    EXPECT_EQ(ValueAt(rule, literal, 0, 0, literal.size()), "-");
  }
  EXPECT_EQ(ValueAt(Make("(?i)tok(?:en)?", {"tok"}), "tok\xff", 0, 0, 3), "tok");
  EXPECT_EQ(ValueAt(Make("(?i)tok(?:en)?", {"tok"}), "tok", 0, 0, 3), "tok");
  EXPECT_EQ(ValueAt(Make("(?i)tok[^a]x", {"tok"}), "tok\xe3x", 0, 0, 3), "tok\xe3x");
  rule = Make("[0-9]{2,4}tok=([a-z]+)", {"tok"});
  rule.behind = 4;
  EXPECT_EQ(ValueAt(rule, "123tok=abc", 3, 0, 3), "abc");
}

// What it is shown ends with as many lines as a match may have.
TEST(Ruleset, OverAFewLines) {
  const Rule rule = Make("key\\s[a-z]*\\s?=([^\\n]+)", {"key"});
  EXPECT_EQ(ValueAt(rule, "key ab=x y\nz", 0), "x y");
  EXPECT_EQ(ValueAt(rule, "key\nab =x y\nz", 0), "x y");
  EXPECT_EQ(ValueAt(rule, "key\nab\n=x y\nz", 0), "x y");
  EXPECT_EQ(ValueAt(rule, "key\n\n=x y", 0), "x y");
  EXPECT_EQ(ValueAt(rule, "key\n\n\n=x y", 0), "-");
}

// A rule that is asked often looks at what follows first.
TEST(Ruleset, HowOftenItIsAskedMakesNoDifference) {
  Rule rule = Make("(?:my_|key)key[0-9]?=([a-z]{3,})", {"key"});
  rule.behind = 3;
  const auto rules = Compile(rule);
  const std::string text = "my_key=ab1 my_key5=abcd my_key-=abcd my_key=abc my_keys=abcd my_key=";
  const View view{text, 0, 0, true};
  const auto values = [&] {
    std::string all;
    for (size_t at = text.find("key"); at != std::string::npos; at = text.find("key", at + 1)) {
      const Found found = rules->MatchAt(0, view, at, 3);
      all += found ? text.substr(found->begin, found->end - found->begin) + " " : "- ";
    }
    return all;
  };
  for (int i = 0; i < 3000; ++i)
    ASSERT_EQ(values(), "- abcd - abc - - ") << i;
}

TEST(Ruleset, TheBuiltinRulesHaveNoProblem) {
  std::vector<Rule> all = casepack::tests::BuiltinRules()->rules();
  ASSERT_GT(all.size(), 300U);
  std::vector<std::string> ids;
  for (const Rule& rule : all) {
    ids.push_back(rule.id);
    EXPECT_FALSE(rule.family.empty()) << rule.id;
    EXPECT_FALSE(rule.source.empty()) << rule.id;
    EXPECT_EQ(rule.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos)
        << rule.id;
  }
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  EXPECT_EQ(twice, ids.end()) << *twice;
  std::vector<RuleProblem> problems;
  const auto rules = Ruleset::Compile(std::move(all), CompileRules::kNow, &problems);
  for (const RuleProblem& problem : problems) {
    ADD_FAILURE() << rules->rules()[problem.rule].id << ": " << problem.field << ": "
                  << problem.detail;
  }
}

}  // namespace
}  // namespace casepack::redaction
