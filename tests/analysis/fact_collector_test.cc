#include "collector/analysis/fact_collector.h"

#include "tests/analysis/known_fixture.h"

namespace casepack::analysis {
namespace {

using manifest::FactValue;

manifest::FactReader ReaderOf(std::string_view text) {
  manifest::ProblemList problems("f");
  auto readers = manifest::ParseFacts(*base::ParseJson("[" + std::string(text) + "]"),
                                      manifest::FactsOf::kTheItem, problems);
  EXPECT_TRUE(problems.Take().empty()) << text;
  return readers.at(0);
}

Facts FromLines(std::string_view reader_text, const std::vector<std::string>& lines,
                bool whole = true) {
  const manifest::FactReader reader = ReaderOf(reader_text);
  FactCollector collector(reader, "i.x");
  for (size_t i = 0; i < lines.size(); ++i)
    collector.Line("raw/m", i + 1, lines[i]);
  Facts facts;
  collector.Finish(whole, &facts);
  return facts;
}

Facts FromRecords(std::string_view reader_text, const std::vector<std::string>& records) {
  const manifest::FactReader reader = ReaderOf(reader_text);
  FactCollector collector(reader, "i.x");
  for (size_t i = 0; i < records.size(); ++i)
    collector.Record("raw/m", i + 1, records[i], *base::ParseJson(records[i]));
  Facts facts;
  collector.Finish(true, &facts);
  return facts;
}

// deep-security.md: the output of dsa_query begins with an index of names.
TEST(FactCollector, KeyValueIsNotTheIndexLine) {
  const Facts facts =
      FromLines(R"j({"key": "agent.dsm_url", "from": "key_value", "name": "AgentStatus.dsmUrl"})j",
                {"AgentStatus.7: dsmUrl", "AgentStatus.dsmUrlX: no",
                 "AgentStatus.dsmUrl: https://dsm:4120/"});
  const Fact* fact = facts.Find("agent.dsm_url");
  ASSERT_NE(fact, nullptr);
  EXPECT_EQ(fact->value, FactValue(std::string("https://dsm:4120/")));
  EXPECT_EQ(fact->line, 3U);
  EXPECT_EQ(fact->text, "AgentStatus.dsmUrl: https://dsm:4120/");
  EXPECT_EQ(FromLines(R"j({"key": "a", "from": "key_value", "name": "NAME"})j", {"NAME=\"x y\""})
                .Find("a")
                ->value,
            FactValue(std::string("x y")));
}

// The number of a pattern differs from host to host.
TEST(FactCollector, PairsAreKeyedByName) {
  const char* reader =
      R"j({"key": "p.{name}", "from": "pairs", "pattern": "^P\\.(\\d+)\\.name: (.+)$",
                           "value_pattern": "^P\\.(\\d+)\\.version: (\\S+)"})j";
  for (const char* index : {"1", "7"}) {
    const std::string i = index;
    const Facts facts = FromLines(reader, {"P." + i + ".name: Smart Scan", "P.9.name: None",
                                           "P." + i + ".version: 18.489.00"});
    EXPECT_EQ(facts.all().size(), 1U);
    ASSERT_NE(facts.Find("p.Smart_Scan"), nullptr);
    EXPECT_EQ(facts.Find("p.Smart_Scan")->value, FactValue(std::string("18.489.00")));
  }
}

TEST(FactCollector, PlacesInTheKeyAndANamedValue) {
  const Facts facts = FromLines(
      R"j({"key": "disk.{2}.used", "pattern": "(?P<value>\\d+)% (/\\S*)$", "type": "integer"})j",
      {"x 22% /", "x 99% /var/a b", "x 7% /var"});
  EXPECT_EQ(facts.all().size(), 2U);
  EXPECT_EQ(facts.Find("disk./.used")->value, FactValue(int64_t{22}));
  EXPECT_EQ(facts.Find("disk./var.used")->value, FactValue(int64_t{7}));
}

TEST(FactCollector, FirstLastAndTypes) {
  const std::vector<std::string> lines{"v: 1", "v: on", "v: 2"};
  EXPECT_EQ(FromLines(R"j({"key": "a", "pattern": "v: (.*)"
})j",
                      lines)
                .Find("a")
                ->value,
            FactValue(std::string("1")));
  EXPECT_EQ(FromLines(R"j({"key": "a", "pattern": "v: (.*)", "take": "last", "type": "integer"
  })j",
                      lines)
                .Find("a")
                ->value,
            FactValue(int64_t{2}));
  EXPECT_EQ(FromLines(R"j({"key": "a", "pattern": "v: (o.*)", "type": "flag"
  })j",
                      lines)
                .Find("a")
                ->value,
            FactValue(true));
  EXPECT_EQ(FromLines(R"j({"key": "a", "pattern": "v: (o.*)", "map": {
  "on" : "ja"}
  })j",
                      lines)
                .Find("a")
                ->value,
            FactValue(std::string("ja")));
}

// What is not found is only said to be none where all was looked through.
TEST(FactCollector, MatchAndCount) {
  const char* match = R"j({"key": "a", "give": "match", "pattern": "x"})j";
  const char* count = R"j({"key": "a", "give": "count", "pattern": "x"})j";
  EXPECT_EQ(FromLines(match, {"-", "x"}).Find("a")->value, FactValue(true));
  EXPECT_EQ(FromLines(match, {"-", "x"}, false).Find("a")->value, FactValue(true));
  EXPECT_EQ(FromLines(match, {"-"}).Find("a")->value, FactValue(false));
  EXPECT_EQ(FromLines(match, {"-"}, false).Find("a"), nullptr);
  EXPECT_EQ(FromLines(count, {"x", "-", "x"}).Find("a")->value, FactValue(int64_t{2}));
  EXPECT_EQ(FromLines(count, {}).Find("a")->value, FactValue(int64_t{0}));
  EXPECT_EQ(FromLines(count, {"x"}, false).Find("a"), nullptr);
}

TEST(FactCollector, Records) {
  const std::vector<std::string> records{
      R"j({"name": "ds_am", "cpu": 40.5, "n": {"x": [1, "second"]}})j",
      R"j({"name": "ds_am", "cpu": 50, "n": {}})j", R"j({"name": "sh", "cpu": 99})j"};
  EXPECT_EQ(FromRecords(R"j({"key": "a", "from": "records", "give": "sum", "pointer": "/cpu",
                            "where": {"/name": ["ds_*"]}, "type": "number"})j",
                        records)
                .Find("a")
                ->value,
            FactValue(90.5));
  EXPECT_EQ(FromRecords(R"j({"key": "a", "from": "records", "give": "most", "pointer": "/cpu",
                            "type": "number"})j",
                        records)
                .Find("a")
                ->value,
            FactValue(99.0));
  EXPECT_EQ(FromRecords(R"j({"key": "a", "from": "records", "give": "count",
                            "where": {"/name": ["ds_am"]}})j",
                        records)
                .Find("a")
                ->value,
            FactValue(int64_t{2}));
  const Facts named =
      FromRecords(R"j({"key": "p.{/name}.x", "from": "records", "pointer": "/n/x/1"})j", records);
  EXPECT_EQ(named.all().size(), 1U);
  EXPECT_EQ(named.Find("p.ds_am.x")->value, FactValue(std::string("second")));
}

TEST(FactCollector, Pointers) {
  const base::Json json = *base::ParseJson(R"j({"a/b": {"m~n": [10, {"": "x"}]}})j");
  EXPECT_EQ(*At(json, "/a~1b/m~0n/0")->integer(), 10);
  EXPECT_EQ(*At(json, "/a~1b/m~0n/1/")->string(), "x");
  EXPECT_EQ(At(json, ""), &json);
  for (const char* nowhere : {"a", "/x", "/a~1b/m~0n/2", "/a~1b/m~0n/-1", "/a~1b/m~0n/0/x"})
    EXPECT_EQ(At(json, nowhere), nullptr) << nowhere;
}

}  // namespace
}  // namespace casepack::analysis
