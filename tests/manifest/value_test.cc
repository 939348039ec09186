#include "collector/manifest/value.h"

#include <gtest/gtest.h>

#include "collector/base/units.h"
#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

using base::Json;

std::string Print(bool value) { return value ? "true" : "false"; }
std::string Print(const std::string& value) { return "'" + value + "'"; }
std::string Print(int64_t value) { return std::to_string(value); }
std::string Print(uint64_t value) { return std::to_string(value); }
std::string Print(base::Duration value) { return std::to_string(value.count()) + "ns"; }
std::string Print(const std::vector<std::string>& value) {
  std::string out;
  for (const std::string& element : value)
    out += Print(element);
  return "[" + out + "]";
}

// What `read` makes of a JSON text: the value, or the problem.
template <typename Read>
std::string Outcome(std::string_view text, Read read) {
  const auto value = base::ParseJson(text);
  if (!value) return "no JSON";
  ProblemList problems("");
  const auto result = read(*value, problems);
  const Lines lines = LinesOf(problems.Take());
  if (result) return Print(*result) + (lines.empty() ? "" : " with problems");
  std::string out;
  for (const std::string& line : lines)
    out += (out.empty() ? "" : ", ") + line;
  return out;
}

struct Case {
  std::string_view text;
  std::string_view outcome;
};

template <typename Read, size_t n>
void Check(const Case (&cases)[n], Read read) {
  for (const Case& c : cases)
    EXPECT_EQ(Outcome(c.text, read), c.outcome) << c.text;
}

TEST(Value, Text) {
  const Case cases[] = {
      {R"("a")", "'a'"},
      {R"(" ")", "' '"},
      {R"("")", "1:1 manifest.text.empty"},
      {R"("a\u0000b")", "1:1 manifest.text.zero"},
      {"1", "1:1 manifest.expected.text"},
      {"null", "1:1 manifest.expected.text"},
      {R"(["a"])", "1:1 manifest.expected.text"},
  };
  Check(cases, ReadText);
}

TEST(Value, Integer) {
  const Case cases[] = {
      {"0", "0"},
      {"-5", "-5"},
      {"1.0", "1:1 manifest.expected.integer"},
      {"9223372036854775807", "9223372036854775807"},
      {"9223372036854775808", "1:1 manifest.expected.integer"},
      {R"("1")", "1:1 manifest.expected.integer"},
  };
  Check(cases, ReadInteger);
}

TEST(Value, Size) {
  const Case cases[] = {
      {R"("64K")", "65536"},
      {R"("4096")", "4096"},
      {"4096", "4096"},
      {"0", "0"},
      {"-1", "1:1 manifest.expected.size"},
      {"1.5", "1:1 manifest.expected.size"},
      {R"("")", "1:1 manifest.expected.size"},
      {R"("64 K")", "1:1 manifest.expected.size"},
      {R"("-1")", "1:1 manifest.expected.size"},
      {R"("99999999999999999999")", "1:1 manifest.expected.size"},
      {"99999999999999999999", "1:1 manifest.expected.size"},
      {"true", "1:1 manifest.expected.size"},
  };
  Check(cases, ReadSize);
}

TEST(Value, Duration) {
  const Case cases[] = {
      {R"("30s")", "30000000000ns"},
      {R"("2ms")", "2000000ns"},
      {"30", "30000000000ns"},
      {R"("30")", "30000000000ns"},
      {"0", "0ns"},
      {"-1", "1:1 manifest.expected.duration"},
      {"0.5", "1:1 manifest.expected.duration"},
      {"9223372036854775807", "1:1 manifest.expected.duration"},
      {R"("")", "1:1 manifest.expected.duration"},
      {R"("soon")", "1:1 manifest.expected.duration"},
      {"[]", "1:1 manifest.expected.duration"},
  };
  Check(cases, ReadDuration);
}

TEST(Value, Flag) {
  const Case cases[] = {
      {"true", "true"},
      {"false", "false"},
      {R"("true")", "1:1 manifest.expected.flag"},
      {"1", "1:1 manifest.expected.flag"},
  };
  Check(cases, ReadFlag);
}

TEST(Value, Choice) {
  const Case cases[] = {
      {R"("head")", "'head'"},
      {R"("tail")", "'tail'"},
      {R"("tali")", "1:1 manifest.expected.choice -> tail"},
      {R"("middle")", "1:1 manifest.expected.choice"},
      {R"("")", "1:1 manifest.expected.choice"},
      {R"("head|tail")", "1:1 manifest.expected.choice"},
      {"1", "1:1 manifest.expected.choice"},
  };
  Check(cases, [](const Json& value, ProblemList& problems) {
    return ReadChoice(value, "head|tail", problems);
  });
}

TEST(Value, ChoiceSaysWhatThereIs) {
  ProblemList problems("");
  EXPECT_FALSE(ReadChoice("x", "head|tail", problems));
  EXPECT_EQ(LineOf(problems.Take()[0], Args::kShow),
            "0:0 manifest.expected.choice found=\"x\" choices=head, tail");
}

TEST(Value, SplitChoices) {
  EXPECT_EQ(SplitChoices("head|tail"), (Lines{"head", "tail"}));
  EXPECT_EQ(SplitChoices("one"), (Lines{"one"}));
  EXPECT_EQ(SplitChoices(""), Lines{});
}

TEST(Value, TextList) {
  const Case cases[] = {
      {R"("a")", "['a']"},
      {R"(["a", ""])", "['a''']"},
      {R"("")", "1:1 manifest.text.empty"},
      {R"([])", "1:1 manifest.list.empty"},
      {R"(["a", 1, null])", "1:7 manifest.expected.text, 1:10 manifest.expected.text"},
      {R"(["a\u0000"])", "1:2 manifest.text.zero"},
      {R"({})", "1:1 manifest.expected.text_list"},
      {R"(1)", "1:1 manifest.expected.text_list"},
  };
  Check(cases, [](const Json& value, ProblemList& problems) {
    return ReadTextList(value, Empty::kRefused, problems);
  });
  EXPECT_EQ(Outcome("[]",
                    [](const Json& value, ProblemList& problems) {
                      return ReadTextList(value, Empty::kAllowed, problems);
                    }),
            "[]");
}

TEST(Value, Id) {
  struct IdCase {
    std::string text;
    bool plain;
    bool with_dot;
  };
  const IdCase cases[] = {
      {"a", true, false},
      {"a.b", true, true},
      {"host.system", true, true},
      {"a-b_c.d2", true, true},
      {"7.zip", true, true},
      {"a.b.c", true, true},
      {"", false, false},
      {".", false, false},
      {"a.", false, false},
      {".a", false, false},
      {"a..b", false, false},
      {"a.-b", false, false},
      {"A.b", false, false},
      {"a b", false, false},
      {"a/b.c", false, false},
      {"../a.b", false, false},
      {"a.b\n", false, false},
      {"日.本", false, false},
      {"a-b", true, false},
      {"a.b-", false, false},
      {"a.b\\", false, false},
      {"a." + std::string(98, 'x'), true, true},
      {"a." + std::string(99, 'x'), false, false},
  };
  for (const IdCase& c : cases) {
    ProblemList problems("");
    EXPECT_EQ(ReadId(c.text, IdForm::kPlain, problems).has_value(), c.plain) << c.text;
    EXPECT_EQ(problems.Take().empty(), c.plain) << c.text;
    EXPECT_EQ(ReadId(c.text, IdForm::kWithDot, problems).has_value(), c.with_dot) << c.text;
    EXPECT_EQ(problems.Take().empty(), c.with_dot) << c.text;
  }
  ProblemList problems("");
  EXPECT_FALSE(ReadId(7, IdForm::kPlain, problems));
}

TEST(Value, Within) {
  constexpr Range<int64_t> kRange = {2, 4, "two", "four"};
  ProblemList problems("");
  EXPECT_TRUE(Within<int64_t>(2, 2, kRange, problems));
  EXPECT_TRUE(Within<int64_t>(4, 4, kRange, problems));
  EXPECT_TRUE(problems.Take().empty());
  EXPECT_FALSE(Within<int64_t>(1, 1, kRange, problems));
  EXPECT_FALSE(Within<int64_t>(5, 5, kRange, problems));
  EXPECT_EQ(LinesOf(problems.Take(), Args::kShow),
            (Lines{"0:0 manifest.range found=1 least=two most=four",
                   "0:0 manifest.range found=5 least=two most=four"}));
}

TEST(Format, TheTextsOfARangeAreItsBounds) {
  EXPECT_EQ(base::ParseDuration(kTimeoutRange.least_text), kTimeoutRange.least);
  EXPECT_EQ(base::ParseDuration(kTimeoutRange.most_text), kTimeoutRange.most);
  EXPECT_EQ(base::ParseSize(kMaxBytesRange.least_text), kMaxBytesRange.least);
  EXPECT_EQ(base::ParseSize(kMaxBytesRange.most_text), kMaxBytesRange.most);
  EXPECT_EQ(std::to_string(kMaxFilesRange.most), kMaxFilesRange.most_text);
  EXPECT_EQ(std::to_string(kPriorityRange.most), kPriorityRange.most_text);
}

}  // namespace
}  // namespace casepack::manifest
