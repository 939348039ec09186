#include "collector/analysis/read_facts.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

using manifest::FactValue;

Facts Read(const tests::MemoryContent& content, const std::string& facts) {
  const std::vector<manifest::Manifest> manifests{tests::ManifestOf("\"facts\": " + facts)};
  return ReadFacts(content.content(), manifests);
}

TEST(ReadFacts, LinesRecordsDocumentsAndOutcomes) {
  tests::MemoryContent content;
  content.Add("i.text", "a.txt", "k: v\r\nlast: 1");
  content.Add("i.records", "r.ndjson", "{\"n\": 1}\nnot json\n{\"n\": 2}\n");
  content.Add("i.document", "d.json", "{\n  \"a\": {\"b\": \"c\"}\n}\n");
  const Facts facts = Read(content, R"j([
    {"item": "i.text", "key": "k", "from": "key_value", "name": "k"},
    {"item": "i.text", "key": "last", "from": "key_value", "name": "last", "type": "integer"},
    {"item": "i.records", "key": "n", "from": "records", "give": "sum", "pointer": "/n", "type": "integer"},
    {"item": "i.document", "key": "b", "from": "json", "pointer": "/a/b"},
    {"item": "i.document", "key": "how", "from": "item", "name": "outcome", "map": {"ok": true}},
    {"item": "i.absent", "key": "x", "from": "item", "name": "outcome"}])j");
  EXPECT_EQ(facts.all().size(), 5U);
  EXPECT_EQ(facts.Find("k")->value, FactValue(std::string("v")));
  EXPECT_EQ(facts.Find("last")->value, FactValue(int64_t{1}));
  EXPECT_EQ(facts.Find("last")->line, 2U);
  EXPECT_EQ(facts.Find("n")->value, FactValue(int64_t{3}));
  EXPECT_EQ(facts.Find("b")->value, FactValue(std::string("c")));
  EXPECT_EQ(facts.Find("how")->value, FactValue(true));
}

TEST(ReadFacts, WhatAnExitCodeMeans) {
  tests::MemoryContent content;
  content.Add("i.query", "q.txt", "");
  const char* facts = R"j([
    {"item": "i.query", "key": "plain", "from": "item", "name": "exit"},
    {"item": "i.query", "key": "meant", "from": "item", "name": "exit", "map": {"0": true, "1": false}}])j";
  EXPECT_EQ(Read(content, facts).Find("meant"), nullptr);
  content.items[0].exit = 1;
  EXPECT_EQ(Read(content, facts).Find("plain")->value, FactValue(int64_t{1}));
  EXPECT_EQ(Read(content, facts).Find("meant")->value, FactValue(false));
}

TEST(ReadFacts, OnlyTheMembersThatAreMeant) {
  tests::MemoryContent content;
  content.Add("i.x", "etc/a", "v: 1\n");
  bundle::MemberRow other;
  other.name = "raw/i.x/etc/b";
  content.items[0].members.push_back(other);
  content.members[other.name] = "v: 2\n";
  const Facts facts = Read(content, R"j([
    {"item": "i.x", "member": "/etc/b", "key": "b", "from": "key_value", "name": "v"},
    {"item": "i.x", "key": "both", "give": "count", "pattern": "^v: "}])j");
  EXPECT_EQ(facts.Find("b")->value, FactValue(std::string("2")));
  EXPECT_EQ(facts.Find("both")->value, FactValue(int64_t{2}));
}

// A part of a log without a word says nothing about the word.
TEST(ReadFacts, WhatIsNotWholeLeavesThingsOpen) {
  const char* facts = R"j([{"item": "i.x", "key": "m", "give": "match", "pattern": "x"},
                          {"item": "i.x", "key": "v.{1}", "pattern": "y(z)"}])j";
  for (const bool cut : {false, true}) {
    for (const auto outcome : {bundle::Outcome::kOk, bundle::Outcome::kPartial}) {
      tests::MemoryContent content;
      content.Add("i.x", "a", "nothing\n", outcome);
      content.items[0].members[0].cut_head = cut;
      const Facts read = Read(content, facts);
      const bool whole = !cut && outcome == bundle::Outcome::kOk;
      EXPECT_EQ(read.Find("m") != nullptr, whole);
      EXPECT_EQ(read.FindAbsent("v.z").has_value(), whole);
    }
  }
}

TEST(ReadFacts, ADocumentThatIsNoneIsNotWhole) {
  tests::MemoryContent content;
  content.Add("i.x", "d.json", "{\"a\": ");
  EXPECT_FALSE(Read(content, R"j([{"item": "i.x", "key": "a", "from": "json", "pointer": "/a"}])j")
                   .FindAbsent("a"));
}

}  // namespace
}  // namespace casepack::analysis
