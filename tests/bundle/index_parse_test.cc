#include "collector/bundle/index_parse.h"

#include <gtest/gtest.h>

#include "collector/bundle/index_write.h"
#include "tests/bundle/index_fixture.h"

namespace casepack::bundle {
namespace {

using base::Code;

TEST(IndexParse, ThereAndBack) {
  const std::string text = WriteIndexJson(tests::FullIndex());
  const auto index = ParseIndexJson(text);
  ASSERT_TRUE(index) << index.error().message().key;
  EXPECT_EQ(WriteIndexJson(*index), text);
  const ItemRow& item = index->items[0];
  EXPECT_EQ(item.exit, -1);
  EXPECT_EQ(item.reason.message, tests::FullIndex().items[0].reason.message);
  EXPECT_EQ(item.members[0].place.length, 30U);
  EXPECT_TRUE(item.members[1].cut_tail);
  EXPECT_EQ(item.notes_left_out, 4U);
  EXPECT_EQ(index->ended, Ended::kTimeLimit);
  EXPECT_FALSE(index->items[1].exit.has_value());
}

TEST(IndexParse, WhatIsMissingOrUnknownDoesNoHarm) {
  EXPECT_TRUE(ParseIndexJson(R"({"format":"casepack-bundle/1"})"));
  const auto index = ParseIndexJson(
      R"({"format":"casepack-bundle/1.7","new":{"x":[1]},"items":[{"id":"i","outcome":"teleported","more":1}]})");
  ASSERT_TRUE(index);
  EXPECT_EQ(index->items[0].id, "i");
  EXPECT_EQ(index->items[0].outcome, Outcome::kPartial);
}

TEST(IndexParse, FormatsThatAreNotOurs) {
  struct Case {
    const char* text;
    Code code;
    const char* key;
  };
  const Case cases[] = {
      {R"({})", Code::kInvalid, "bundle.reader.not_a_bundle"},
      {R"([])", Code::kInvalid, "bundle.reader.not_a_bundle"},
      {R"({"format":1})", Code::kInvalid, "bundle.reader.not_a_bundle"},
      {R"({"format":"casepack-bundle/"})", Code::kInvalid, "bundle.reader.not_a_bundle"},
      {R"({"format":"casepack-bundle/0"})", Code::kInvalid, "bundle.reader.not_a_bundle"},
      {R"({"format":"casepack-bundle/-1"})", Code::kInvalid, "bundle.reader.not_a_bundle"},
      {R"({"format":"casepack-bundle/99999999999999999999"})", Code::kInvalid,
       "bundle.reader.not_a_bundle"},
      {R"({"format":"other/1"})", Code::kInvalid, "bundle.reader.not_a_bundle"},
      {R"({"format":"casepack-bundle/2"})", Code::kUnsupported, "bundle.reader.newer"},
      {R"({"format":"casepack-bundle/10","items":7})", Code::kUnsupported, "bundle.reader.newer"},
  };
  for (const Case& c : cases) {
    const auto index = ParseIndexJson(c.text);
    ASSERT_FALSE(index) << c.text;
    EXPECT_EQ(index.error().code(), c.code) << c.text;
    EXPECT_EQ(index.error().message().key, c.key) << c.text;
  }
}

TEST(IndexParse, WrongTypesAreNamed) {
  struct Case {
    const char* members;
    const char* field;
  };
  const Case cases[] = {
      {R"("items":7)", "items"},
      {R"("items":{"a":1})", "items"},
      {R"("items":[7])", "{}"},
      {R"("items":[{"members":[{}]}])", "name"},
      {R"("items":[{"members":[{"name":"a","bytes":-1}]}])", "bytes"},
      {R"("items":[{"members":[{"name":"a","bytes":1e300}]}])", "bytes"},
      {R"("items":[{"members":[{"name":"a","offset":"0"}]}])", "offset"},
      {R"("items":[{"notes":[[]]}])", "{}"},
      {R"("items":[{"elapsed_ms":9223372036854775807}])", "elapsed_ms"},
      {R"("items":[{"exit":4294967296}])", "exit"},
      {R"("items":[{"redactions":{"r":"x"}}])", "redactions"},
      {R"("items":[{"reason":{"args":{"a":1}}}])", "args"},
      {R"("created":"yesterday")", "created"},
      {R"("created":5)", "created"},
      {R"("host":[])", "{}"},
      {R"("host":{"as_root":1})", "as_root"},
      {R"("language":null)", "language"},
      {R"("tool":"x")", "{}"},
      {R"("labels":[])", "labels"},
      {R"("labels":{"site":7})", "labels"},
  };
  for (const Case& c : cases) {
    const auto index =
        ParseIndexJson(R"({"format":"casepack-bundle/1",)" + std::string(c.members) + "}");
    ASSERT_FALSE(index) << c.members;
    EXPECT_EQ(index.error().message().key, "bundle.reader.index_field");
    EXPECT_EQ(index.error().message().args[0].second, c.field) << c.members;
  }
}

TEST(IndexParse, HostileTexts) {
  const std::string deep(1'000'000, '[');
  for (const std::string& text : {std::string(), std::string("{"), std::string("\xff\xfe"), deep,
                                  R"({"format":"casepack-bundle/1","x":)" + deep}) {
    const auto index = ParseIndexJson(text);
    ASSERT_FALSE(index);
    EXPECT_EQ(index.error().code(), Code::kInvalid);
    EXPECT_EQ(index.error().message().key, "bundle.reader.index_json");
  }
  base::JsonLimits limits;
  limits.bytes = 10;
  EXPECT_FALSE(ParseIndexJson(R"({"format":"casepack-bundle/1"})", limits));
}

// Cut and changed in many places: an index or a reason, and never a crash.
TEST(IndexParse, DamagedTexts) {
  const std::string text = WriteIndexJson(tests::FullIndex());
  for (size_t size = 0; size + 2 < text.size(); size += 5) {
    EXPECT_FALSE(ParseIndexJson(text.substr(0, size)));
  }
  for (size_t at = 0; at < text.size(); at += 3) {
    std::string damaged = text;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    static_cast<void>(ParseIndexJson(damaged));
  }
}

}  // namespace
}  // namespace casepack::bundle
