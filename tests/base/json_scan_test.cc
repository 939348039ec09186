#include "collector/base/json_scan.h"

#include <gtest/gtest.h>

#include <regex>
#include <string>

#include "collector/base/json.h"

namespace casepack::base {
namespace {

// What a scan sees, built into a tree, so that it can be compared with the parser's.
Json Built(JsonScan& scan) {  // NOLINT(misc-no-recursion): the scan bounds the depth
  switch (scan.Peek()) {
    case JsonScan::Kind::kObject: {
      Json json{Json::Object()};
      scan.Object([&](std::string_view name) {
        const std::string kept(name);
        json.Set(kept, Built(scan));
      });
      return json;
    }
    case JsonScan::Kind::kArray: {
      Json json{Json::Array()};
      scan.Array([&] { json.Push(Built(scan)); });
      return json;
    }
    case JsonScan::Kind::kString:
      return Json(scan.String().value_or("?"));
    case JsonScan::Kind::kNumber:
      if (const auto number = scan.Number()) {
        const auto parsed = ParseJson(*number);
        return parsed ? *parsed : Json();
      }
      return {};
    case JsonScan::Kind::kTrue:
    case JsonScan::Kind::kFalse:
      return Json(scan.Flag().value_or(false));
    default:
      scan.Skip();
      return {};
  }
}

std::string Written(const Json& json) { return WriteJson(json, JsonStyle::kOneLine); }

constexpr const char* kTexts[] = {
    R"({"a":1,"b":[true,false,null,{}],"c":{"d":"e"},"":[]})",
    R"([ "\u0041\ud83d\ude00\"\\\/\b\f\n\r\t", "日本語", -0, 1.5e-3, 12345678901 ])",
    R"({"facts":{"x":{"value":"1","class":"state"},"y":{"value":2.5,"line":7}}})",
    "  \n\t\r 7 ",
    "\xEF\xBB\xBF{}",
    R"("alone")",
};

TEST(JsonScan, SeesWhatTheParserSees) {
  for (const char* text : kTexts) {
    JsonScan scan(text);
    const std::string seen = Written(Built(scan));
    EXPECT_TRUE(scan.AtEnd()) << text;
    EXPECT_EQ(seen, Written(*ParseJson(text))) << text;
  }
}

// Any byte of a good text exchanged, left out, or all behind it cut: both take it, or both
// refuse it. A member's name that comes twice is for the parser alone.
TEST(JsonScan, RefusesWhatTheParserRefuses) {
  const auto compare = [](const std::string& text) {
    const auto parsed = ParseJson(text);
    if (!parsed && parsed.error().message().key == "base.json.twice") return;
    static const std::regex kHuge("[0-9]e[0-9]{2,}");
    if (std::regex_search(text, kHuge)) return;  // beyond what a double holds
    JsonScan built(text);
    const std::string seen = Written(Built(built));
    EXPECT_EQ(built.AtEnd(), parsed.has_value()) << text;
    if (parsed) {
      EXPECT_EQ(seen, Written(*parsed)) << text;
    }
    // What is passed over is looked at less closely.
    JsonScan skipped(text);
    skipped.Skip();
    if (parsed) {
      EXPECT_TRUE(skipped.AtEnd()) << text;
    }
  };
  for (const std::string good : kTexts) {
    for (size_t at = 0; at < good.size(); ++at) {
      compare(good.substr(0, at));
      compare(good.substr(0, at) + good.substr(at + 1));
      for (const char other : {'"', '\\', '{', '}', '[', ']', ',', ':', '0', 'e', '-', 'u', ' ',
                               '\n', '\x01', '\x7f', '\xff'}) {
        std::string changed = good;
        changed[at] = other;
        compare(changed);
      }
    }
  }
}

TEST(JsonScan, WhatIsNotTakenIsPassed) {
  JsonScan scan(R"({"a":{"deep":[1,{"x":"}"}]},"b":"taken","c":[[]],"d":7})");
  std::string taken;
  EXPECT_TRUE(scan.Object([&](std::string_view name) {
    if (name == "b") taken = *scan.String();
    if (name == "d") {
      EXPECT_FALSE(scan.String());  // of another kind: left where it is
    }
  }));
  EXPECT_EQ(taken, "taken");
  EXPECT_TRUE(scan.AtEnd());
}

TEST(JsonScan, DepthIsBounded) {
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  JsonScan enough(deep, 40);
  enough.Skip();
  EXPECT_TRUE(enough.AtEnd());
  JsonScan less(deep, 39);
  less.Skip();
  EXPECT_FALSE(less.good());
  const std::string open(1'000'000, '[');
  JsonScan endless(open);
  endless.Skip();
  EXPECT_FALSE(endless.good());
}

TEST(JsonScan, AfterAMistakeNothingComes) {
  JsonScan scan(R"({"a":1,"b":tru,"c":2})");
  size_t members = 0;
  EXPECT_FALSE(scan.Object([&](std::string_view) { ++members; }));
  EXPECT_EQ(members, 2U);
  EXPECT_EQ(scan.Peek(), JsonScan::Kind::kBad);
  EXPECT_FALSE(scan.AtEnd());
}

}  // namespace
}  // namespace casepack::base
