#include "redaction/capture.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "redaction/engine.h"
#include "redaction/rule_check.h"
#include "redaction/ruleset.h"
#include "tests/redaction/generator.h"
#include "tests/support/engine.h"

namespace casepack::redaction {
namespace {

class Both {
 public:
  explicit Both(const std::string& pattern)
      : whole_(CompileExpression(InLines(pattern))), capture_(pattern, *whole_) {}

  [[nodiscard]] bool parted() const { return capture_.parted(); }

  // The value of a match at the beginning of the text; no data: there is none.
  [[nodiscard]] std::string_view Value(std::string_view text) const {
    const re2::StringPiece whole = Matched(text, 1)[0];
    const auto found = capture_.MatchAt(text, 0, text.size());
    EXPECT_EQ(found.has_value(), whole.data() != nullptr) << text;
    EXPECT_EQ(found ? found->end : 0, whole.size()) << text;
    return found ? found->value : std::string_view();
  }
  // As the engines that know groups tell it.
  [[nodiscard]] std::string_view Group(std::string_view text) const {
    const auto found = Matched(text, 2)[whole_->NumberOfCapturingGroups() == 0 ? 0 : 1];
    return {found.data(), found.size()};
  }

 private:
  [[nodiscard]] std::array<re2::StringPiece, 2> Matched(std::string_view text, int groups) const {
    std::array<re2::StringPiece, 2> found;
    whole_->Match({text.data(), text.size()}, 0, text.size(), RE2::ANCHOR_START, found.data(),
                  groups);
    return found;
  }
  std::unique_ptr<RE2> whole_;
  Capture capture_;
};

TEST(Capture, TheFirstWayThroughIsTaken) {
  struct Row {
    const char* pattern;
    const char* text;
    const char* value;
    bool parted;
  };
  for (const Row& row : {
           Row{"key=(\\w+)", "key=abc", "abc", true},
           Row{"key=\\w+", "key=abc", "key=abc", false},
           Row{"(\\w+)", "abc", "abc", false},
           Row{"a(b)c", "abc", "b", false},
           Row{"a(b)?", "ab", "b", false},
           Row{"a(b)?", "a", "", false},
           Row{"a|b(c)", "bc", "c", false},
           Row{"(?:a|b)(c)", "bc", "c", true},
           Row{"n*(n|y)", "nnn", "n", true},    // the first part has to give back
           Row{"n*?(n+)", "nnn", "nnn", true},  // and takes as little as it can
           Row{"x+:?(:?y)", "xx:y", "y", true},
           Row{"(?i)KEY=(v+)", "key=VV", "VV", true},
           Row{"(?i:KEY)=(v+)", "key=VV", "", true},
           Row{"a(?i)b(c)", "aBC", "C", false},
           Row{"[(]\\((x)", "((x", "x", true},
           Row{"[^]()](x)", "ax", "x", true},
           Row{"a(?P<n>x)", "ax", "x", false},
           Row{"(a)(b)", "ab", "a", false},
           Row{"(?:(a)b)", "ab", "a", false},
           Row{"a\\b(.b)", "a b", " b", true},
           Row{"a(b$)", "ab\n", "b", true},
           Row{"a\\B(b)", "ab", "b", true},
           Row{"a\\Q[\\E(b)", "a[b", "b", false},
       }) {
    const Both both(row.pattern);
    EXPECT_EQ(both.Value(row.text), row.value) << row.pattern << " " << row.text;
    EXPECT_EQ(both.Group(row.text), row.value) << row.pattern << " " << row.text;
    EXPECT_EQ(both.parted(), row.parted) << row.pattern;
  }
}

// All rules, where they find something, and where a byte or two of that are others.
TEST(Capture, TheGroupOfEveryRule) {
  testing::Generator generator(3);
  size_t parted = 0;
  size_t compared = 0;
  for (const Rule& rule : casepack::tests::TestEngine()->rules().rules()) {
    const Both both(rule.pattern);
    parted += both.parted() ? 1 : 0;
    for (const std::string& example : rule.examples) {
      const std::string text = ParseExample(example).text;
      for (size_t at = 0; at < text.size(); ++at) {
        std::string part = text.substr(at);
        if (both.Group(part).data() == nullptr) continue;
        for (int round = 0; round < 8; ++round) {
          const std::string_view wanted = both.Group(part);
          const std::string_view found = both.Value(part);
          ASSERT_EQ(found, wanted) << rule.id << ": " << part;
          const bool same_place = wanted.empty() || found.data() == wanted.data();
          ASSERT_TRUE(same_place) << rule.id << ": " << part;
          ++compared;
          part[generator.Below(part.size())] = "aA0:= \"'-\\/@,\n"[generator.Below(14)];
        }
      }
    }
  }
  EXPECT_GT(parted, 200U);
  EXPECT_GT(compared, 8000U);
}

}  // namespace
}  // namespace casepack::redaction
