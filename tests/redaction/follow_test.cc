#include "redaction/follow.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <string>

#include "redaction/capture.h"
#include "redaction/rule_check.h"
#include "redaction/ruleset.h"
#include "redaction/view.h"
#include "tests/redaction/generator.h"
#include "tests/redaction/mixed_text.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

struct Row {
  const char* pattern;
  std::string literal;
  const char* after;
  bool may;
};

// So much is looked at.
std::string Readable(std::string after) {
  after.resize(std::max(after.size(), Follow::kBytes), '!');
  return after;
}

TEST(Follow, SendsAwayWhatCannotGoOn) {
  for (const Row& row : {
           Row{"key=\\d+;", "key", "=12;", true},
           Row{"key=\\d+;", "key", "=1;x", true},
           Row{"key=\\d+;", "key", ":12;", false},
           Row{"key=\\d+;", "key", "=1x;", false},
           Row{"key=\\d+;", "key", "=;12", false},
           Row{"key=\\d{5}", "key", "=12345", true},
           Row{"key=\\d{5}", "key", "=1234a", false},
           Row{"key=\\d{5}x", "key=", "12345y", false},
           Row{"key=\\d{15}x", "key=", "123456789012345y", false},
           Row{"key=\\d{16}x", "key=", "1234567890123456y", true},  // further on nothing is known
           Row{"(?:key|token)\\w{0,3}\\s*[:=]\\s*\\{", "token", "s: {", true},
           Row{"(?:key|token)\\w{0,3}\\s*[:=]\\s*\\{", "token", "=Zqx", false},
           Row{"(?:key|token)\\w{0,3}\\s*[:=]\\s*\\{", "key", "abcd", false},
           Row{"(?:key|token)\\w{0,3}\\s*[:=]\\s*\\{", "key", "abc:{", true},
           Row{"key[^\\n]*?end", "key", "abcdefghijklmnop", true},
           Row{"key[^\\n]*?end", "key", "ab\nd", false},
           Row{"key", "key", "\n\n\n\n", true},     // the match is over
           Row{"key\\b", "key", "keyx", true},      // not looked at
           Row{"KEY=a", "key", "=abc", true},       // a literal's letters are of either case
           Row{"other=a", "key", "=abc", false},    // no match begins so
           Row{"x+key=a", "key", "=abc", false},    // with the literal not at its beginning
           Row{"k|key=abcd", "key", "!!!!", true},  // it may end in its literal
           Row{"\\x6bey=a", "key", "!!!!", true},   // what it cannot read
           Row{"key[^\\n]{1,40}?e", "key", "\nabc", false},
           Row{"keyabcde", "key", "abcde", true},
           Row{"keyabcde", "key", "abcx", false},
           Row{"key[^\\n]{70,80}e", "key", "abcdefghijklmnop", true},
       }) {
    const Follow follow(row.pattern, {row.literal});
    EXPECT_EQ(follow.May(row.literal.size(), Readable(row.after).data()), row.may)
        << row.pattern << " " << row.literal << " " << row.after;
  }
}

TEST(Follow, LiteralsOfAnyLengthAreTold) {
  const Follow follow("(?:key|token|longest_name)=a", {"key", "token", "longest_name"});
  for (const size_t length : {3, 5, 12}) {
    EXPECT_TRUE(follow.May(length, Readable("=abc").data())) << length;
    EXPECT_FALSE(follow.May(length, Readable("=bbc").data())) << length;
  }
}

TEST(Follow, AMatchMayBeginBeforeItsLiteral) {
  const Follow follow("[(,]\\s*\"(?:\\w+_)?key\",\\s*\"\\w+\"\\)", {"key\""},
                      Follow::Begin::kBefore);
  EXPECT_TRUE(follow.May(4, Readable(", \"x\")").data()));
  EXPECT_FALSE(follow.May(4, Readable(": \"x\"").data()));
  EXPECT_FALSE(follow.May(4, Readable(", x").data()));
  // What stands in the literal may be a match's last byte.
  EXPECT_TRUE(Follow("[(]\\w+", {"key"}, Follow::Begin::kBefore).May(3, Readable("!").data()));
}

// More kinds of bytes than there is room for.
TEST(Follow, ManyKindsOfBytes) {
  const auto pair = [](int i) {
    return std::string{static_cast<char>(0x80 + i), static_cast<char>('A' + i % 26)};
  };
  std::string pairs = pair(0);
  for (int i = 1; i < 60; ++i)
    pairs += "|" + pair(i);
  const Follow follow("key(?:" + pairs + ")x{3}", {"key"});
  for (int i = 0; i < 60; ++i)
    EXPECT_TRUE(follow.May(3, Readable(pair(i) + "xxx").data())) << i;
  const std::string two_first = {pair(0)[0], pair(1)[0]};
  EXPECT_FALSE(follow.May(3, Readable(two_first).data()));
}

TEST(Follow, RepeatsOfNothingEnd) {
  std::string pattern = "key(?:)";
  for (int i = 0; i < 20; ++i)
    pattern = "(?:" + pattern + "){64}";
  EXPECT_TRUE(Follow(pattern, {"key"}).May(3, Readable("").data()));
}

// Wherever RE2 finds a match at a literal, nothing is sent away.
class Comparison {
 public:
  explicit Comparison(const Rule& rule)
      : rule_(rule),
        pattern_(CompileExpression(InLines(rule.pattern))),
        follow_(rule.pattern, rule.literals,
                rule.behind > 0 ? Follow::Begin::kBefore : Follow::Begin::kAtLiteral) {}

  void Check(const std::string& text) {
    const View view{text, 0, 0, true};
    for (size_t at = 0; at < text.size(); ++at) {
      for (const std::string& literal : rule_.literals) {
        const size_t end = at + literal.size();
        if (end + Follow::kBytes > text.size() || !StartsAtAnyCase(view, at, literal)) continue;
        const bool may = follow_.May(literal.size(), text.data() + end);
        sent_away_ += may ? 0 : 1;
        ASSERT_TRUE(may || !Matches(text, at)) << rule_.id << " at " << at << " of " << text;
      }
    }
  }
  [[nodiscard]] size_t sent_away() const { return sent_away_; }

 private:
  // One that begins there or, as far as the rule may look, before, and has not ended there.
  [[nodiscard]] bool Matches(std::string_view text, size_t at) const {
    const re2::StringPiece piece(text.data(), text.size());
    for (size_t from = at - std::min(at, rule_.behind); from <= at; ++from) {
      re2::StringPiece match;
      if (!pattern_->Match(piece, from, text.size(), RE2::ANCHOR_START, &match, 1)) continue;
      if (from + match.size() > at) return true;
    }
    return false;
  }
  const Rule& rule_;
  std::unique_ptr<RE2> pattern_;
  Follow follow_;
  size_t sent_away_ = 0;
};

TEST(Follow, NeverNoWhereARuleMatches) {
  testing::Generator generator(1);
  size_t rules = 0;
  for (const Rule& rule : casepack::tests::TestEngine()->rules().rules()) {
    Comparison comparison(rule);
    for (const std::string& example : rule.examples) {
      std::string text = ParseExample(example).text + "\nthe next line here";
      comparison.Check(text);
      for (int i = 0; i < 40; ++i) {  // a byte here and there is another one
        std::string changed = text;
        changed[generator.Below(changed.size())] = text[generator.Below(text.size())];
        changed[generator.Below(changed.size())] ^= static_cast<char>(0x20);
        comparison.Check(changed);
      }
    }
    for (uint64_t seed = 0; seed < 2; ++seed)
      comparison.Check(testing::MixedText(seed, 40));
    rules += comparison.sent_away() > 0 ? 1 : 0;
  }
  // Most rules send something away.
  EXPECT_GT(rules * 2, casepack::tests::TestEngine()->rules().rules().size());
}

}  // namespace
}  // namespace casepack::redaction
