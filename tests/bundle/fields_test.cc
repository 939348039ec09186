#include "collector/bundle/fields.h"

#include <gtest/gtest.h>

namespace casepack::bundle {
namespace {

base::Json Parse(const char* text) { return *base::ParseJson(text); }

TEST(Fields, MissingKeepsTheDefaultAndWrongIsNamedOnce) {
  const base::Json json = Parse(R"({"s":"x","n":3,"bad":"x","worse":[]})");
  std::string wrong;
  Fields fields(json, &wrong);
  std::string text = "default";
  fields.Read("absent", &text);
  EXPECT_EQ(text, "default");
  fields.Read("s", &text);
  EXPECT_EQ(text, "x");
  uint64_t number = 0;
  fields.Read("n", &number);
  EXPECT_EQ(number, 3U);
  EXPECT_EQ(wrong, "");
  fields.Read("bad", &number);
  fields.Read("worse", &number);
  EXPECT_EQ(wrong, "bad");
  EXPECT_EQ(number, 3U);
}

TEST(Fields, UnsignedNumbersOverTheWholeRange) {
  struct Case {
    const char* text;
    bool good;
    uint64_t value;
  };
  const Case cases[] = {
      {R"({"n":0})", true, 0},
      {R"({"n":9223372036854775807})", true, 9223372036854775807U},
      {R"({"n":9223372036854775808})", true, 9223372036854775808U},
      {R"({"n":18446744073709551616})", false, 0},
      {R"({"n":1e400})", false, 0},
      {R"({"n":-1})", false, 0},
      {R"({"n":-1.5})", false, 0},
      {R"({"n":"1"})", false, 0},
      {R"({"n":null})", false, 0},
      {R"({"n":true})", false, 0},
  };
  for (const Case& c : cases) {
    const auto json = base::ParseJson(c.text);
    if (!json) continue;  // a number that is none is refused earlier
    std::string wrong;
    uint64_t number = 0;
    Fields(*json, &wrong).Read("n", &number);
    EXPECT_EQ(wrong.empty(), c.good) << c.text;
    EXPECT_EQ(number, c.value) << c.text;
  }
}

TEST(Fields, TimesAndSpans) {
  const base::Json json =
      Parse(R"({"t":"2026-11-22T10:02:03Z","ms":-5,"far":9223372036854775807})");
  std::string wrong;
  Fields fields(json, &wrong);
  base::Timestamp time{};
  fields.Read("t", &time);
  EXPECT_EQ(base::FormatUtc(time), "2026-11-22T10:02:03Z");
  base::Duration span{};
  fields.ReadMilliseconds("ms", &span);
  EXPECT_EQ(span, std::chrono::milliseconds(-5));
  EXPECT_EQ(wrong, "");
  fields.ReadMilliseconds("far", &span);
  EXPECT_EQ(wrong, "far");
}

TEST(Fields, WhatIsNoObject) {
  const base::Json json = Parse("[1]");
  std::string wrong;
  Fields fields(json, &wrong);
  EXPECT_EQ(wrong, "{}");
}

}  // namespace
}  // namespace casepack::bundle
