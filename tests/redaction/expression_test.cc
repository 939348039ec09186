#include "redaction/expression.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "redaction/ruleset.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

// `abc` as (a b c), a choice as (a|b), how often as a{2,3}; of many bytes the first and how many.
std::string Written(const Expression& expression) {
  std::string text;
  switch (expression.kind) {
    case Expression::Kind::kByte: {
      const auto first = static_cast<char>(expression.bytes._Find_first());
      const size_t count = expression.bytes.count();
      return count == 1 ? std::string(1, first)
                        : "<" + std::string(1, first) + std::to_string(count) + ">";
    }
    case Expression::Kind::kSequence:
      for (const Expression& part : expression.parts)
        text += (text.empty() ? "" : " ") + Written(part);
      return "(" + text + ")";
    case Expression::Kind::kChoice:
      for (const Expression& part : expression.parts)
        text += (text.empty() ? "" : "|") + Written(part);
      return "(" + text + ")";
    case Expression::Kind::kRepeat:
      return Written(expression.parts.front()) + "{" + std::to_string(expression.least) + "," +
             (expression.most == Expression::kMany ? "" : std::to_string(expression.most)) + "}";
  }
  return text;
}

TEST(Expression, IsReadAsRe2ReadsIt) {
  struct Row {
    const char* pattern;
    std::optional<std::string> parts;
  };
  for (const Row& row : {
           Row{"", "()"},
           Row{"abc", "(a b c)"},
           Row{"a|bc|", "((a)|(b c)|())"},
           Row{"a(?:b|c)d", "(a ((b)|(c)) d)"},
           Row{"(a)(?P<name>b)", "((a) (b))"},
           Row{"a?b*c+d{2}e{3,}f{4,5}g??", "(a{0,1} b{0,} c{1,} d{2,2} e{3,} f{4,5} g{0,1})"},
           Row{"(?:ab)+", "((a b){1,})"},
           Row{"a{x}", "(a { x })"},
           Row{"^a\\b\\B$", "(() a () () ())"},
           Row{"[a-c\\d]", "(<013>)"},
           Row{"[^\\x01]", std::nullopt},
           Row{"[]a][a\\]-]", "(<]2> <-3>)"},
           Row{"\\.\\\\\\n\\t", "(. \\ \n \t)"},
           Row{"(?i)ab", "(() <A2> <B2>)"},
           Row{"a(?i:b)c", "(a (<B2>) c)"},
           Row{"(?:(?i)a|b)c", "(((() <A2>)|(<B2>)) c)"},
           Row{"\\d\\w", "(<010> <063>)"},
           Row{"[!-~].", "(<!94> <" + std::string(1, '\0') + "256>)"},
       }) {
    const auto expression = ReadExpression(row.pattern);
    ASSERT_EQ(expression.has_value(), row.parts.has_value()) << row.pattern;
    if (expression) {
      EXPECT_EQ(Written(*expression), *row.parts) << row.pattern;
    }
  }
}

TEST(Expression, WhatNoRuleNeedsIsNotRead) {
  for (const char* pattern : {"\\pN", "[[:alpha:]]", "\\x41", "\\Qa\\E", "(?<n>a)", "a{2", "(a",
                              "a)", "\\1", "[a-", "[", "(?i", "a{2,3"})
    EXPECT_FALSE(ReadExpression(pattern)) << pattern;
  const std::string deep(5000, '(');
  EXPECT_FALSE(ReadExpression(deep + "a" + std::string(5000, ')')));
}

TEST(Expression, NearlyAllRulesAreRead) {
  size_t read = 0;
  const auto& rules = casepack::tests::TestEngine()->rules().rules();
  for (const Rule& rule : rules)
    read += ReadExpression(rule.pattern) ? 1 : 0;
  EXPECT_GT(read * 100, rules.size() * 98);
}

}  // namespace
}  // namespace casepack::redaction
