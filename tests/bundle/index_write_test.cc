#include "collector/bundle/index_write.h"

#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "tests/bundle/bundle_fixture.h"
#include "tests/bundle/index_fixture.h"

namespace casepack::bundle {
namespace {

TEST(IndexWrite, FieldsByTheirNames) {
  const auto json = base::ParseJson(WriteIndexJson(tests::FullIndex()));
  ASSERT_TRUE(json);
  EXPECT_EQ(json->object()->front().name, "format");
  EXPECT_EQ(json->StringOr("format", ""), "casepack-bundle/1");
  EXPECT_EQ(json->StringOr("created", ""), "2026-11-22T10:02:03Z");
  EXPECT_FALSE(*json->Find("complete")->boolean());
  const base::Json& item = json->Find("items")->array()->front();
  EXPECT_EQ(item.StringOr("outcome", ""), "timed_out");
  EXPECT_EQ(item.IntegerOr("elapsed_ms", 0), 1234);
  const base::Json& member = item.Find("members")->array()->front();
  EXPECT_EQ(member.IntegerOr("offset", 0), 20);
  EXPECT_EQ(member.IntegerOr("length", 0), 30);
  EXPECT_EQ(item.Find("members")->array()->back().Find("offset"), nullptr);
  EXPECT_EQ(item.Find("notes")->array()->front().StringOr("en", ""), "english");
}

TEST(IndexWrite, AsTheSchemaSays) {
  if (!tests::HaveTool("python3") ||
      std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) {
    GTEST_SKIP() << "no jsonschema for Python";
  }
  const tests::TempTree tree;
  Index index = tests::FullIndex();
  index.bundle_id = std::string(64, 'a');
  for (MemberRow& member : index.items[0].members)
    member.sha256 = std::string(64, 'b');
  tree.Write("index.json", WriteIndexJson(index));
  EXPECT_TRUE(tests::Runs(
      tree,
      "python3 -c \"import json, jsonschema; jsonschema.validate(json.load(open('index.json')), "
      "json.load(open('" CASEPACK_SOURCE_DIR "/collector/bundle/index.schema.json')))\""))
      << tree.Read("tool.err");
}

TEST(IndexWrite, AMessageThatNamesAnArgumentTwiceIsStillJson) {
  Index index;
  index.items.emplace_back().reason.message = {"k", {{"a", "1"}, {"a", "2"}}};
  EXPECT_TRUE(base::ParseJson(WriteIndexJson(index)));
}

}  // namespace
}  // namespace casepack::bundle
