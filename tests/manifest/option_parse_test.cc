#include "collector/manifest/option_parse.h"

#include <gtest/gtest.h>

#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Field kEveryType[] = {
    {"text", FieldType::kText, Presence::kOptional, "some text"},
    {"list", FieldType::kTextList, Presence::kOptional, "one"},
    {"integer", FieldType::kInteger, Presence::kOptional, "-3"},
    {"size", FieldType::kSize, Presence::kOptional, "64K"},
    {"duration", FieldType::kDuration, Presence::kOptional, "250ms"},
    {"flag", FieldType::kFlag, Presence::kOptional, "true"},
    {"choice", FieldType::kChoice, Presence::kOptional, "tail", "head|tail"},
    {"bare", FieldType::kText},
};

Options ParseText(std::string_view text, std::span<const Field> fields, Lines& lines) {
  const auto value = base::ParseJson(text);
  EXPECT_TRUE(value) << text;
  ProblemList problems("");
  Options options = ParseOptions(*value, fields, problems);
  lines = LinesOf(problems.Take());
  return options;
}

TEST(ParseOptions, FillsInTheFallbacks) {
  Lines lines;
  const Options options = ParseText(R"({"//": "all by default"})", kEveryType, lines);
  EXPECT_EQ(lines, Lines{});
  EXPECT_EQ(options.Text("text"), "some text");
  EXPECT_EQ(options.TextList("list"), Lines{"one"});
  EXPECT_EQ(options.Integer("integer"), -3);
  EXPECT_EQ(options.Size("size"), 65536U);
  EXPECT_EQ(options.Duration("duration"), milliseconds(250));
  EXPECT_TRUE(options.Flag("flag"));
  EXPECT_EQ(options.Text("choice"), "tail");
  EXPECT_FALSE(options.Has("bare"));
}

TEST(ParseOptions, TakesWhatIsGiven) {
  Lines lines;
  const Options options = ParseText(
      R"({"text": "t", "list": ["a", "b"], "integer": 7, "size": "1M", "duration": "2s",
          "flag": false, "choice": "head", "bare": "b"})",
      kEveryType, lines);
  EXPECT_EQ(lines, Lines{});
  EXPECT_EQ(options.Text("text"), "t");
  EXPECT_EQ(options.TextList("list"), (Lines{"a", "b"}));
  EXPECT_EQ(options.Integer("integer"), 7);
  EXPECT_EQ(options.Size("size"), 1U << 20U);
  EXPECT_EQ(options.Duration("duration"), seconds(2));
  EXPECT_FALSE(options.Flag("flag"));
  EXPECT_EQ(options.Text("choice"), "head");
  EXPECT_EQ(options.Text("bare"), "b");
}

TEST(ParseOptions, TellsEveryProblem) {
  struct Case {
    std::string_view text;
    std::span<const Field> fields;
    Lines lines;
  };
  const Case cases[] = {
      {R"({"text": 1, "list": {}, "integer": "7", "size": "big", "duration": "s", "flag": 1,
"choice": "haed", "bare": ""})",
       kEveryType,
       {"1:10 manifest.expected.text", "1:21 manifest.expected.text_list",
        "1:36 manifest.expected.integer", "1:49 manifest.expected.size",
        "1:68 manifest.expected.duration", "1:81 manifest.expected.flag",
        "2:11 manifest.expected.choice -> head", "2:27 manifest.text.empty"}},
      {R"({"sizes": 1})", kEveryType, {"1:2 manifest.option.unknown -> size"}},
      {R"({})", kCommandFields, {"1:1 manifest.option.missing"}},
      {R"({"argv": []})", kCommandFields, {"1:10 manifest.list.empty"}},
      {R"({"argv": ["a"], "environment": []})", kCommandFields, {}},
      {R"({"argv": "ls"})", {}, {"1:2 manifest.option.unknown"}},
      {R"("ls")", kCommandFields, {"1:1 manifest.expected.object"}},
  };
  for (const Case& c : cases) {
    Lines lines;
    ParseText(c.text, c.fields, lines);
    EXPECT_EQ(lines, c.lines) << c.text;
  }
}

TEST(ParseOptions, AWrongValueIsNotReplacedByItsFallback) {
  Lines lines;
  EXPECT_FALSE(ParseText(R"({"size": "big"})", kEveryType, lines).Has("size"));
}

TEST(FallbackValue, IsWhatItWouldBeInAManifest) {
  const std::string_view expected[] = {"\"some text\"", "\"one\"", "-3",       "\"64K\"",
                                       "\"250ms\"",     "true",    "\"tail\"", "null"};
  for (size_t i = 0; i < std::size(kEveryType); ++i) {
    EXPECT_EQ(WriteJson(FallbackValue(kEveryType[i]), base::JsonStyle::kOneLine), expected[i]);
  }
}

}  // namespace
}  // namespace casepack::manifest
