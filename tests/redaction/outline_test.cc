#include "redaction/outline.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <string>

#include "redaction/capture.h"
#include "redaction/rule_check.h"
#include "redaction/ruleset.h"
#include "tests/redaction/generator.h"
#include "tests/redaction/mixed_text.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

bool Fits(std::string_view pattern, std::string_view text) { return Outline(pattern).Fits(text); }

std::string Repeated(std::string_view text, size_t count) {
  std::string all;
  for (size_t i = 0; i < count; ++i)
    all += text;
  return all;
}

TEST(Outline, SendsAwayWhatCannotMatch) {
  struct Row {
    const char* pattern;
    const char* text;
    bool fits;
  };
  for (const Row& row : {
           Row{"abc", "abc", true},
           Row{"abc", "abd", false},
           Row{"abc", "ABC", false},
           Row{"(?i)abc", "aBC", true},
           Row{"a(?i:b)c", "aBc", true},
           Row{"a(?i:b)c", "aBC", false},
           Row{"a(?:(?i)b|c)d", "aCd", true},
           Row{"a(?:(?i)b|c)d", "aCD", false},
           Row{"a|bc", "bc", true},
           Row{"a|bc", "cc", false},
           Row{"ab?c", "ac", true},
           Row{"ab?c", "adc", false},
           Row{"a{3}b", "aab", false},
           Row{"a{3}b", "aaab", true},
           Row{"a{2,3}b", "aac", false},
           Row{"(?:ab)*c", "ababc", true},
           Row{"(?:ab)*c", "bab", false},
           Row{"a+?b", "aaab", true},
           Row{"[a-c\\d]x", "5x", true},
           Row{"[a-c\\d]x", "dx", false},
           Row{"[^\\s\"]x", "\"x", false},
           Row{"[^\\s\"]x", "ax", true},
           Row{"[]a]x", "]x", true},
           Row{"[a\\]-]x", "-x", true},
           Row{"a\\.\\$\\\\b", "a.$\\b", true},
           Row{"a\\.b", "axb", false},
           Row{"^a\\b.$", "a\xff", true},
           Row{"(?P<name>a)(b)", "ab", true},
           Row{"(?P<name>a)(b)", "ac", false},
           Row{"a", "ab", true},
           Row{"[a-c]+", "ab", true},  // the text may go on
           Row{"abc", "ab", false},
           Row{"[a-p]{20}z", "abcdefghijklmnopz", true},
           Row{"[a-p]{20}z", "abcdefghijklmno!z", false},
       }) {
    EXPECT_EQ(Fits(row.pattern, row.text), row.fits) << row.pattern << " " << row.text;
  }
}

TEST(Outline, AByteThatEveryMatchHas) {
  const std::string letters(40, 'a');
  for (const char* pattern :
       {"a+@", "a+(?:b+@)", "a+(@)+", "a+(?:@|@)@", "(?:b|a)+(?i)@", "a+@{2}a?", "a+(?:@b|c@|@)"}) {
    EXPECT_FALSE(Fits(pattern, letters)) << pattern;
    EXPECT_TRUE(Fits(pattern, letters + "@@")) << pattern;
  }
  for (const char* pattern : {"a+@?", "a+(?:@|c)", "a+(?:c|@)", "a+(?:d@)*", "a+@{0,2}", "a+[@c]"})
    EXPECT_TRUE(Fits(pattern, letters)) << pattern;
}

TEST(Outline, TheByteIsSoughtNoFurtherThanItMayStand) {
  const std::string letters(40, 'a');
  struct Row {
    const char* pattern;
    size_t most;  // letters before the byte
  };
  for (const Row& row :
       {Row{"a{0,20}@", 20}, Row{"(?:a|aa){9}a?@", 19}, Row{"a{3}(?:a{10}|aa){2,3}@.*", 33},
        Row{"a?@a*", 1}, Row{"a?(?:@|aaa@)", 4}, Row{"a?(?:aaa@|@)", 4}, Row{"(?:a{3}){2}@", 6}}) {
    EXPECT_TRUE(Fits(row.pattern, letters.substr(0, row.most) + "@")) << row.pattern;
    EXPECT_FALSE(Fits(row.pattern, letters.substr(0, row.most + 1) + "@")) << row.pattern;
  }
  for (const char* pattern :
       {"a{0,40}@", "(?:a|a+){9}@", "a{3}(?:a{10}|aa){2,4}@", "a{9,}@", "a*?@"})
    EXPECT_TRUE(Fits(pattern, letters + "@")) << pattern;
}

TEST(Outline, ATextThatEveryMatchHas) {
  const std::string letters(40, 'a');
  for (const char* pattern : {"a+bcd", "a+(?:bcd)e?", "a+(?:(?:bcd))+", "a+b(?:c)d", "a+bcd{2}",
                              "a+(?:ebcd|bcdd)", "a+bc(?:d|dd)", "a+(?:e|)(?:bcdf|ebcd|xbcd)"}) {
    EXPECT_FALSE(Fits(pattern, letters + "bc")) << pattern;
    EXPECT_TRUE(Fits(pattern, letters + "bcdd")) << pattern;
  }
  for (const char* pattern : {"a+(?:bcd)?", "a+(?:bcd|e)", "a+bc[d]?", "a+(?i)bcd", "a+(?:bcd)*"})
    EXPECT_TRUE(Fits(pattern, letters)) << pattern;
  // A short one counts where it has a sign in it.
  EXPECT_FALSE(Fits("a+(?:-p|--pass)", letters + "-"));
  EXPECT_TRUE(Fits("a+(?:-p|--pass)", letters + "-p"));
  EXPECT_TRUE(Fits("a+(?:xp|xxp)", letters));
  // Of many repetitions not all are read.
  EXPECT_TRUE(Fits("tok_:#{20}!x", "tok_:" + std::string(20, '#') + "!x"));
  EXPECT_TRUE(Fits("[=]{40}abc", std::string(40, '=') + "abc"));
  EXPECT_TRUE(Fits("x(?:ab){18}yz", "x" + Repeated("ab", 18) + "yz"));
  EXPECT_FALSE(Fits("[=]{40}abc", std::string(16, '=') + "abc"));
  // What a literal says already is not sought again.
  EXPECT_TRUE(Outline("a+bcd", {"xBCDx"}).Fits(letters));
}

TEST(Outline, LineEndsInAMatch) {
  struct Row {
    const char* pattern;
    unsigned newlines;
  };
  for (const Row& row :
       {Row{"a[^\\n]*b", 0}, Row{"a[ \\t]*b$", 0}, Row{"^ab", 0}, Row{"a\\w+", 0}, Row{"a\\sb", 1},
        Row{"a[^b]c", 1}, Row{"a.", 1}, Row{"a\\r\\nb", 1}, Row{"a\\Wb", 1},
        Row{"a\\s(?:\\s|b\\s\\s|c)?", 3}, Row{"a\\s{2,4}", 4}, Row{"(?:a\\s){3}", 3},
        Row{"a\\s*b", Outline::kMany}, Row{"(?:a\\sb)+", Outline::kMany},
        Row{"(?:\\s{99}){9}", Outline::kMany}, Row{"a\\pNb", Outline::kMany}}) {
    EXPECT_EQ(Outline(row.pattern).brief().newlines, row.newlines) << row.pattern;
    EXPECT_EQ(Outline(row.pattern).brief().one_line(), row.newlines == 0) << row.pattern;
  }
}

TEST(Outline, WhatItDoesNotKnowIsPossible) {
  for (const char* pattern : {"\\pN", "[[:alpha:]]", "\\x41", "\\Qa\\E", "(?<n>a)", "a{2", "(a",
                              "\\1", "((((((((a*)*)*)*b*)*)*)*)*)*[", "[a-", "(?i"})
    EXPECT_TRUE(Fits(pattern, "!")) << pattern;
}

// RE2 finds nothing where the outline says no.
class Comparison {
 public:
  explicit Comparison(const std::string& pattern)
      : pattern_(CompileExpression(InLines(pattern))), outline_(pattern) {}

  void Check(std::string_view text) {
    for (size_t at = 0; at < text.size(); ++at) {
      const bool match = pattern_->Match(re2::StringPiece(text.data(), text.size()), at,
                                         text.size(), RE2::ANCHOR_START, nullptr, 0);
      const bool fits = outline_.Fits(text.substr(at));
      matches_ += match ? 1 : 0;
      ASSERT_TRUE(fits || !match) << pattern_->pattern() << " at " << at << " of " << text;
    }
  }
  [[nodiscard]] size_t matches() const { return matches_; }

 private:
  std::unique_ptr<RE2> pattern_;
  Outline outline_;
  size_t matches_ = 0;
};

TEST(Outline, NeverNoWhereARuleMatches) {
  testing::Generator generator(1);
  size_t unfit = 0;
  for (const Rule& rule : casepack::tests::TestEngine()->rules().rules()) {
    Comparison comparison(rule.pattern);
    for (const std::string& example : rule.examples) {
      std::string text = ParseExample(example).text;
      comparison.Check(text);
      for (int i = 0; i < 6; ++i) {  // a byte here and there is another one
        std::string changed = text;
        changed[generator.Below(changed.size())] = text[generator.Below(text.size())];
        changed[generator.Below(changed.size())] ^= static_cast<char>(0x20);
        comparison.Check(changed);
      }
    }
    EXPECT_GT(comparison.matches(), 0U) << rule.id;
    for (uint64_t seed = 0; seed < 2; ++seed)
      comparison.Check(testing::MixedText(seed, 40));
    unfit += Fits(rule.pattern, "\x01\x01\x01\x01\x01\x01\x01\x01\x01") ? 0 : 1;
  }
  // It knows nearly all that the rules are made of.
  EXPECT_GT(unfit * 100, casepack::tests::TestEngine()->rules().rules().size() * 98);
}

}  // namespace
}  // namespace casepack::redaction
