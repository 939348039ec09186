#include "collector/manifest/schema.h"

#include <gtest/gtest.h>

#include "tests/manifest/fake_kinds.h"
#include "tests/manifest/schema_judge.h"

namespace casepack::manifest {
namespace {

enum class Says { kGood, kBad, kOnlyParserSees };

struct Case {
  std::string_view text;
  Says says;
};

constexpr Case kItems[] = {
    {R"("kind": "host_facts")", Says::kGood},
    {R"("kind": "host_facts", "with": {}, "//": {"any": ["thing"]})", Says::kGood},
    {R"("kind": "host_facts", "with": {"x": 1})", Says::kBad},
    {R"("kind": "host_fact")", Says::kBad},
    {R"("kind": "command", "with": {"argv": ["ls", ""], "//": "why"})", Says::kGood},
    {R"("kind": "command", "with": {"argv": "ls", "environment": []})", Says::kGood},
    {R"("kind": "command", "with": {"argv": []})", Says::kBad},
    {R"("kind": "command", "with": {"argv": [1]})", Says::kBad},
    {R"("kind": "command", "with": {"argv": ""})", Says::kBad},
    {R"("kind": "command", "with": {"argv": ["a\u0000"]})", Says::kOnlyParserSees},
    {R"("kind": "command", "with": {"paths": ["ls"]})", Says::kBad},
    {R"("kind": "command")", Says::kBad},
    {R"("kind": "command", "argv": ["ls"])", Says::kBad},
    {R"("kind": "file", "with": {"paths": "/a", "from": "head", "max_each": "4MiB"})", Says::kGood},
    {R"("kind": "file", "with": {"paths": "/a", "from": "middle"})", Says::kBad},
    {R"("kind": "file", "with": {"paths": "/a", "max_each": "4 M"})", Says::kBad},
    {R"("kind": "file", "with": {"paths": "/a", "max_each": -1})", Says::kBad},
    {R"("kind": "file", "with": {"paths": "/a", "max_each": "99999999999999999999"})",
     Says::kOnlyParserSees},
    {R"("kind": "file_tree", "with": {"path": "/", "max_depth": -7, "digests": true})",
     Says::kGood},
    {R"("kind": "file_tree", "with": {"path": ["/"]})", Says::kBad},
    {R"("kind": "file_tree", "with": {"path": "/", "digests": "yes"})", Says::kBad},
    {R"("kind": "file_tree", "with": {"path": "/", "max_depth": 1.5})", Says::kBad},
    {R"("kind": "processes", "with": {"interval": "1h30m"})", Says::kGood},
    {R"("kind": "processes", "with": {"interval": "30m1h"})", Says::kBad},
    {R"("kind": "processes", "with": {"interval": 2})", Says::kGood},
    {R"("kind": "processes", "with": {"interval": "2"})", Says::kGood},
    {R"("kind": "processes", "with": {"interval": ""})", Says::kBad},
    {R"("kind": "processes", "with": {"interval": "s"})", Says::kBad},
    {R"("kind": "processes", "with": {"interval": "2d4ms"})", Says::kGood},
    {R"("kind": "host_facts", "when": {"platform": "linux", "exists": "/a", "//": 1})",
     Says::kGood},
    {R"("kind": "host_facts", "when": {"platform": ["linux", "windows"], "exists": ["C:\\a"]})",
     Says::kGood},
    {R"("kind": "host_facts", "when": {"platform": []})", Says::kBad},
    {R"("kind": "host_facts", "when": {"platform": "mac"})", Says::kBad},
    {R"("kind": "host_facts", "when": {"exists": ["a"]})", Says::kBad},
    {R"("kind": "host_facts", "when": {"exists": []})", Says::kBad},
    {R"("kind": "host_facts", "when": {"role": "agent"})", Says::kBad},
    {R"("kind": "host_facts", "limits": {"timeout": "30s", "max_bytes": "1M", "max_files": 1})",
     Says::kGood},
    {R"("kind": "host_facts", "limits": {"timeout": 3600, "max_bytes": 1073741824})", Says::kGood},
    {R"("kind": "host_facts", "limits": {"timeout": 3601})", Says::kBad},
    {R"("kind": "host_facts", "limits": {"timeout": 0})", Says::kBad},
    {R"("kind": "host_facts", "limits": {"timeout": "2h"})", Says::kOnlyParserSees},
    {R"("kind": "host_facts", "limits": {"max_bytes": 1073741825})", Says::kBad},
    {R"("kind": "host_facts", "limits": {"max_bytes": 0})", Says::kBad},
    {R"("kind": "host_facts", "limits": {"max_files": 100001})", Says::kBad},
    {R"("kind": "host_facts", "limits": {"max_files": 0})", Says::kBad},
    {R"("kind": "host_facts", "priority": 0, "consent": "ask")", Says::kGood},
    {R"("kind": "host_facts", "priority": 101)", Says::kBad},
    {R"("kind": "host_facts", "priority": -1)", Says::kBad},
    {R"("kind": "host_facts", "consent": "yes")", Says::kBad},
};

constexpr Case kFiles[] = {
    {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": "X"}, "items": []})",
     Says::kGood},
    {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": "X"}, "items": [],
         "product": "deep-security", "when": {"platform": "linux"}, "//": null})",
     Says::kGood},
    {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": " "}, "items": []})",
     Says::kBad},
    {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X"}, "items": []})", Says::kBad},
    {R"({"casepack_manifest": 2, "id": "x", "title": {"en": "X", "ja": "X"}, "items": []})",
     Says::kBad},
    {R"({"casepack_manifest": 1, "id": "X", "title": {"en": "X", "ja": "X"}, "items": []})",
     Says::kBad},
    {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": "X"}, "items": {}})",
     Says::kBad},
    {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": "X"}, "items": [],
         "finding": []})",
     Says::kBad},
    {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": "X"}, "items": [{}]})",
     Says::kBad},
    {R"([])", Says::kBad},
};

void ExpectAgreement(const std::string& text, Says says) {
  static const base::Json schema = Schema(FakeKinds());
  const auto value = base::ParseJson(text);
  ASSERT_TRUE(value) << text;
  EXPECT_EQ(SchemaJudge(schema).Keeps(*value), says != Says::kBad) << text;
  EXPECT_EQ(Parse("f", text, FakeKinds()).problems.empty(), says == Says::kGood) << text;
}

TEST(Schema, SaysWhatTheParserSaysOfItems) {
  for (const Case& c : kItems) {
    ExpectAgreement(FileWithItem(R"({"id": "a.b", "title": {"en": "X", "ja": "X"}, )" +
                                 std::string(c.text) + "}"),
                    c.says);
  }
}

TEST(Schema, SaysWhatTheParserSaysOfFiles) {
  for (const Case& c : kFiles)
    ExpectAgreement(std::string(c.text), c.says);
}

TEST(Schema, SaysWhatTheParserSaysOfItemIds) {
  for (const std::string id :
       {"a.b", "a-1.b_2.c", "a", "a-b", "a..b", ".a", "a.", "A.b", "a.b/c"}) {
    const std::string text = FileWithItem(
        R"({"title": {"en": "X", "ja": "X"}, "kind": "host_facts", "id": ")" + id + R"("})");
    const bool good = Parse("f", text, FakeKinds()).problems.empty();
    EXPECT_EQ(SchemaJudge(Schema(FakeKinds())).Keeps(*base::ParseJson(text)), good) << id;
  }
}

TEST(Schema, ShowsTheFallbacks) {
  const base::Json schema = Schema(FakeKinds());
  const std::string text = WriteJson(schema, base::JsonStyle::kOneLine);
  EXPECT_NE(text.find(R"("from":{"enum":["head","tail"],"default":"tail"})"), std::string::npos);
  EXPECT_NE(text.find(R"("digests":{"type":"boolean","default":false})"), std::string::npos);
}

TEST(Schema, StandsWithoutKinds) {
  const base::Json schema = Schema({});
  EXPECT_TRUE(SchemaJudge(schema).Keeps(*base::ParseJson(kFiles[0].text)));
}

}  // namespace
}  // namespace casepack::manifest
