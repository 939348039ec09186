#include "collector/base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace casepack::base {
namespace {

using namespace std::string_view_literals;

std::string Args(const Status& status) {
  std::string out = status.message().key;
  for (const auto& [name, value] : status.message().args)
    out += " " + name + "=" + value;
  return out;
}

// All that has a place, in the order of the text: "a@1:2" for a name, "@1:6" for a value.
void Places(const Json& value, std::string& out) {
  out += "@" + std::to_string(value.place.line) + ":" + std::to_string(value.place.column) + " ";
  if (const Json::Array* array = value.array()) {
    for (const Json& element : *array)
      Places(element, out);
  }
  if (const Json::Object* object = value.object()) {
    for (const Json::Member& member : *object) {
      out += member.name + "@" + std::to_string(member.place.line) + ":" +
             std::to_string(member.place.column) + " ";
      Places(member.value, out);
    }
  }
}

TEST(ParseJson, KnowsThePlaceOfEverything) {
  struct Case {
    std::string_view text;
    std::string_view places;
  };
  const Case cases[] = {
      {"null", "@1:1 "},
      {" \n\t 7", "@2:3 "},
      {"7 ", "@1:1 "},
      {"{}", "@1:1 "},
      {R"({"a":1})", "@1:1 a@1:2 @1:6 "},
      {R"({"a":1,"b":2})", "@1:1 a@1:2 @1:6 b@1:8 @1:12 "},
      {R"({"a" : 1 , "b" : 2})", "@1:1 a@1:2 @1:8 b@1:12 @1:18 "},
      {"[1,2]", "@1:1 @1:2 @1:4 "},
      {"[[1],[2]]", "@1:1 @1:2 @1:3 @1:6 @1:7 "},
      {"[[1],2]", "@1:1 @1:2 @1:3 @1:6 "},
      {"[[-1.5e+3],true]", "@1:1 @1:2 @1:3 @1:12 "},
      {"[1\n,\n2]", "@1:1 @1:2 @3:1 "},
      {"[ [ ] , { } , [ ] ]", "@1:1 @1:3 @1:9 @1:15 "},
      {"[true,false,null,\"\",0]", "@1:1 @1:2 @1:7 @1:13 @1:18 @1:21 "},
      {"{\n  \"a\": {\n    \"b\": [1,\n      \"x\"]\n  },\n  \"c\": 0\n}",
       "@1:1 a@2:3 @2:8 b@3:5 @3:10 @3:11 @4:7 c@6:3 @6:8 "},
      {"{\r\n\"a\":1}", "@1:1 a@2:1 @2:5 "},
      // A character is one column, whatever its bytes; what a string holds ends no token.
      {R"({"日本":"語😀","b":1})", "@1:1 日本@1:2 @1:7 b@1:12 @1:16 "},
      {R"(["a,b:c]","\"",3])", "@1:1 @1:2 @1:11 @1:16 "},
      {R"(["\u65e5",4])", "@1:1 @1:2 @1:11 "},
      {"\xEF\xBB\xBF[1]", "@1:1 @1:2 "},
      {"\xEF\xBB\xBF"
       "1",
       "@1:1 "},
  };
  for (const Case& c : cases) {
    const Result<Json> parsed = ParseJson(c.text);
    ASSERT_TRUE(parsed.has_value()) << c.text << " " << Args(parsed.error());
    std::string places;
    Places(*parsed, places);
    EXPECT_EQ(places, c.places) << c.text;
  }
}

struct Refusal {
  std::string_view text;
  std::string_view place;  // "line=1 column=2"
};

TEST(ParseJson, NamesThePlaceOfASyntaxError) {
  const Refusal cases[] = {
      {"", "line=1 column=1"},
      {" \n ", "line=2 column=2"},
      {"x", "line=1 column=1"},
      {"{", "line=1 column=2"},
      {"[1,\n", "line=2 column=1"},
      {"[1}", "line=1 column=3"},
      {"[1 2]", "line=1 column=4"},
      {"[1,]", "line=1 column=4"},
      {"[1,,2]", "line=1 column=4"},
      {"[,1]", "line=1 column=2"},
      {"[1:2]", "line=1 column=3"},
      {R"({"a"})", "line=1 column=5"},
      {R"({"a":})", "line=1 column=6"},
      {R"({"a","b"})", "line=1 column=5"},
      {R"({"a" "b"})", "line=1 column=6"},
      {R"({"a":1,})", "line=1 column=8"},
      {R"({"a":1 "b":2})", "line=1 column=8"},
      {R"({"a":1; "b":2})", "line=1 column=7"},
      {"{\"a\":1,\n \"b\" 22}", "line=2 column=6"},
      {"{1:2}", "line=1 column=2"},
      {"{a:2}", "line=1 column=2"},
      {"[tru]", "line=1 column=2"},
      {"[1, nul\n]", "line=1 column=5"},
      {"[True]", "line=1 column=2"},
      {"[01]", "line=1 column=3"},
      {"01", "line=1 column=2"},
      {"[1-2]", "line=1 column=3"},
      {"[1.5.5]", "line=1 column=5"},
      {"1x", "line=1 column=2"},
      {"[+1]", "line=1 column=2"},
      {"[1.]", "line=1 column=2"},
      {"[-]", "line=1 column=2"},
      {"[1e]", "line=1 column=2"},
      {"[1e999]", "line=1 column=2"},
      {"[NaN]", "line=1 column=2"},
      {"['a']", "line=1 column=2"},
      {"[1] 2", "line=1 column=5"},
      {"[1]\n]", "line=2 column=1"},
      {"{}{}", "line=1 column=3"},
      {"1,", "line=1 column=2"},
      {"// no\n1", "line=1 column=1"},
      {"[1, /* no */ 2]", "line=1 column=5"},
      // Inside a string: where it goes wrong, or its start when it never ends.
      {R"(["日本\q"])", "line=1 column=6"},
      {"[\"ab\ncd\"]", "line=1 column=5"},
      {"[\"a\tb\"]", "line=1 column=4"},
      {R"(["a\u12x4"])", "line=1 column=8"},
      {R"([ "never ends])", "line=1 column=3"},
      {R"(["\ud800"])", "line=1 column=2"},
      {"[\"a\xFF\"]", "line=1 column=4"},
      {"[\"a\xC0\x80\"]", "line=1 column=4"},
      {"\xFF", "line=1 column=1"},
      {"\xEF\xBB", "line=1 column=1"},
      // The library would take a zero byte for the end.
      {"{}\0trailing"sv, "line=1 column=3"},
      {"{\n\"a\":\0 1}"sv, "line=2 column=5"},
      {"\0"sv, "line=1 column=1"},
  };
  for (const Refusal& c : cases) {
    const Result<Json> parsed = ParseJson(c.text);
    ASSERT_FALSE(parsed.has_value()) << c.text;
    EXPECT_EQ(parsed.error().code(), Code::kInvalid);
    EXPECT_EQ(Args(parsed.error()), "base.json.syntax " + std::string(c.place)) << c.text;
  }
}

TEST(ParseJson, RefusesAMemberNamedTwice) {
  const Refusal cases[] = {
      {R"({"a":1,"a":1})", "name=a line=1 column=8"},
      {"{\"a\":1,\n  \"b\":{\"b\":1},\n  \"b\":1}", "name=b line=3 column=3"},
      {R"({"a":1,"\u0061":1})", "name=a line=1 column=8"},
      {R"([{"x":{"":[],"y":0,"":1}}])", "name= line=1 column=20"},
  };
  for (const Refusal& c : cases) {
    EXPECT_EQ(Args(ParseJson(c.text).error()), "base.json.twice " + std::string(c.place)) << c.text;
  }
  EXPECT_TRUE(ParseJson(R"([{"a":1},{"a":{"a":{"b":1}}}])").has_value());
}

TEST(ParseJson, KeepsToItsLimits) {
  struct Case {
    std::string text;
    JsonLimits limits;
    std::string problem;  // empty: within the limits
  };
  const Case cases[] = {
      {"[1,2]", {.bytes = 5}, ""},
      {"[1,2]", {.bytes = 4}, "base.json.large line=1 column=1"},
      {"[[1]]", {.depth = 2}, ""},
      {"[[[]]]", {.depth = 2}, "base.json.deep line=1 column=3"},
      {R"([{"a":{}}])", {.depth = 2}, "base.json.deep line=1 column=7"},
      {"[[],[],[[]]]", {.depth = 2}, "base.json.deep line=1 column=9"},
      {"1", {.depth = 0}, ""},
      {"[]", {.depth = 0}, "base.json.deep line=1 column=1"},
      {"[1,2]", {.values = 3}, ""},
      {"[1,2,3]", {.values = 3}, "base.json.large line=1 column=6"},
      {"[[],[],[]]", {.values = 3}, "base.json.large line=1 column=8"},
      {R"({"a":{"b":{"c":0}}})", {.values = 3}, "base.json.large line=1 column=16"},
      {std::string(64, '[') + std::string(64, ']'), {}, ""},
      {std::string(1'000'000, '['), {}, "base.json.deep line=1 column=65"},
  };
  for (const Case& c : cases) {
    const Result<Json> parsed = ParseJson(c.text, c.limits);
    EXPECT_EQ(Args(parsed.error()), c.problem) << c.text.substr(0, 80);
  }
}

TEST(ParseJson, ReadsNumbers) {
  struct Integer {
    const char* text;
    int64_t value;
  };
  const Integer integers[] = {{"0", 0},
                              {"-0", 0},
                              {"-1", -1},
                              {"9223372036854775807", INT64_MAX},
                              {"-9223372036854775808", INT64_MIN}};
  for (const Integer& c : integers) {
    const Result<Json> parsed = ParseJson(c.text);
    ASSERT_TRUE(parsed.has_value() && parsed->integer() != nullptr) << c.text;
    EXPECT_EQ(*parsed->integer(), c.value);
    EXPECT_EQ(parsed->number(), nullptr);
  }
  struct Float {
    const char* text;
    double value;
  };
  const Float floats[] = {{"0.5", 0.5},
                          {"-2.50", -2.5},
                          {"1e3", 1000},
                          {"1E+3", 1000},
                          {"125e-2", 1.25},
                          {"1e-400", 0},
                          {"1.7976931348623157e308", std::numeric_limits<double>::max()},
                          {"9223372036854775808", 9223372036854775808.0},
                          {"18446744073709551616", 18446744073709551616.0},
                          {"-9223372036854775809", -9223372036854775808.0}};
  for (const Float& c : floats) {
    const Result<Json> parsed = ParseJson(c.text);
    ASSERT_TRUE(parsed.has_value() && parsed->number() != nullptr) << c.text;
    EXPECT_EQ(*parsed->number(), c.value);
    EXPECT_EQ(parsed->integer(), nullptr);
  }
}

TEST(ParseJson, ReadsStrings) {
  struct Case {
    std::string_view text;
    std::string_view value;
  };
  const Case cases[] = {
      {R"("")", ""},
      {R"("\"\\\/\b\f\n\r\t")", "\"\\/\b\f\n\r\t"},
      {R"("\u0000")", "\0"sv},
      {R"("\u65E5\u672c")", "日本"},
      {R"("\ud83d\ude00")", "😀"},
      {"\"\x7F\"", "\x7F"},
  };
  for (const Case& c : cases) {
    const Result<Json> parsed = ParseJson(c.text);
    ASSERT_TRUE(parsed.has_value() && parsed->string() != nullptr) << c.text;
    EXPECT_EQ(*parsed->string(), c.value);
  }
}

TEST(WriteJson, GivesBackWhatWasRead) {
  const std::string_view cases[] = {
      "null",
      "true",
      "[]",
      "{}",
      R"({"z":1,"a":[1,-2,3.5,"x",null,true,false],"m":{"b":{},"a":[]}})",
      R"(["日本語 😀","\"\\\n\u0000\u001b",""])",
      "[9223372036854775807,-9223372036854775808,1e+300,0.1,-0.0,18446744073709551616.0]",
  };
  for (const std::string_view text : cases) {
    const Result<Json> parsed = ParseJson(text);
    ASSERT_TRUE(parsed.has_value()) << text;
    const std::string written = WriteJson(*parsed, JsonStyle::kOneLine);
    const Result<Json> again = ParseJson(written);
    ASSERT_TRUE(again.has_value()) << written;
    EXPECT_EQ(WriteJson(*again, JsonStyle::kOneLine), written);
    const Result<Json> indented = ParseJson(WriteJson(*parsed, JsonStyle::kIndented));
    ASSERT_TRUE(indented.has_value());
    EXPECT_EQ(WriteJson(*indented, JsonStyle::kOneLine), written);
    if (text.find("e+") == std::string_view::npos) {
      EXPECT_EQ(written, text);
    }
  }
}

TEST(WriteJson, Indents) {
  const Result<Json> parsed = ParseJson(R"({"a":[1,{"b":2}],"c":{},"d":[]})");
  EXPECT_EQ(WriteJson(*parsed, JsonStyle::kIndented),
            "{\n \"a\": [\n  1,\n  {\n   \"b\": 2\n  }\n ],\n \"c\": {},\n \"d\": []\n}");
}

TEST(WriteJson, IsUtf8WhateverItIsGiven) {
  Json value;
  value.Set("bad\xFF", "a\xC3(\xE6\x97");
  EXPECT_EQ(WriteJson(value, JsonStyle::kOneLine), "{\"bad\uFFFD\":\"a\uFFFD(\uFFFD\"}");
}

TEST(WriteJson, WritesNullForWhatIsNoNumber) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(WriteJson(Json(Json::Array{infinity, -infinity, std::nan("")}), JsonStyle::kOneLine),
            "[null,null,null]");
}

TEST(Json, IsMadeFromPlainValues) {
  EXPECT_TRUE(Json().is_null());
  EXPECT_EQ(*Json(true).boolean(), true);
  EXPECT_EQ(*Json(7).integer(), 7);
  EXPECT_EQ(*Json(int64_t{-7}).integer(), -7);
  EXPECT_EQ(*Json(uint64_t{7}).integer(), 7);
  EXPECT_EQ(*Json(uint64_t{INT64_MAX}).integer(), INT64_MAX);
  EXPECT_EQ(*Json(UINT64_MAX).number(), 18446744073709551616.0);  // and not -1
  EXPECT_EQ(*Json(0.5).number(), 0.5);
  EXPECT_EQ(*Json("text").string(), "text");  // and not true
  EXPECT_EQ(*Json("text"sv).string(), "text");
  EXPECT_EQ(Json("text").boolean(), nullptr);
  EXPECT_EQ(Json(1).place.line, 0U);
}

TEST(Json, SetAndPushTurnNullIntoAContainer) {
  Json object;
  object.Set("b", 1);
  object.Set("a", "x");
  Json array;
  array.Push(object);
  array.Push(false);
  EXPECT_EQ(WriteJson(array, JsonStyle::kOneLine), R"([{"b":1,"a":"x"},false])");
}

TEST(Json, FindsMembers) {
  const Result<Json> parsed = ParseJson(R"({"s":"text","i":7,"d":7.5,"n":null})");
  ASSERT_TRUE(parsed.has_value());
  EXPECT_TRUE(parsed->Find("n")->is_null());
  EXPECT_EQ(parsed->Find("N"), nullptr);
  EXPECT_EQ(Json(7).Find("n"), nullptr);
  EXPECT_EQ(parsed->StringOr("s", "other"), "text");
  EXPECT_EQ(parsed->StringOr("i", "other"), "other");
  EXPECT_EQ(parsed->StringOr("missing", "other"), "other");
  EXPECT_EQ(parsed->IntegerOr("i", 1), 7);
  EXPECT_EQ(parsed->IntegerOr("d", 1), 1);
  EXPECT_EQ(parsed->IntegerOr("missing", 1), 1);
}

}  // namespace
}  // namespace casepack::base
