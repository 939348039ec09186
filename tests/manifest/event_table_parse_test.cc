#include "collector/manifest/event_table_parse.h"

#include <gtest/gtest.h>

#include <set>

#include "collector/manifest/builtin.h"
#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

constexpr std::string_view kGood = R"({
  "casepack_events": 1,
  "//": "about",
  "id": "x.events",
  "product": "x",
  "columns": [{"column": "reason_id", "names": ["a", "b"], "verified": false},
              {"column": "actor", "names": "c", "//": "why"}],
  "levels": [{"level": "error", "names": ["エラー"]}],
  "meanings": [
    {"id": "a.b", "effect": "resolved", "match": [
      {"space": "agent", "ids": [1, 2], "titles": ["t"], "verified": false},
      {"phrases": "p", "mentions": [3]}]}
  ]
})";

TEST(EventTableParse, ReadsATable) {
  const ParsedEventTable parsed = ParseEventTable("f", kGood);
  EXPECT_EQ(LinesOf(parsed.problems, Args::kShow), Lines{});
  const EventTable& table = parsed.table;
  EXPECT_EQ(table.id, "x.events");
  EXPECT_EQ(table.product, "x");
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].column, EventColumn::kReasonId);
  EXPECT_EQ(table.columns[0].names, (Lines{"a", "b"}));
  EXPECT_FALSE(table.columns[0].verified);
  EXPECT_EQ(table.columns[1].column, EventColumn::kOther);
  EXPECT_EQ(table.columns[1].key, "actor");
  EXPECT_TRUE(table.columns[1].verified);
  ASSERT_EQ(table.levels.size(), 1U);
  EXPECT_EQ(table.levels[0].level, EventLevel::kError);
  ASSERT_EQ(table.meanings.size(), 1U);
  EXPECT_EQ(table.meanings[0].effect, EventEffect::kResolved);
  ASSERT_EQ(table.meanings[0].matches.size(), 2U);
  EXPECT_EQ(table.meanings[0].matches[0].space, EventSpace::kAgent);
  EXPECT_EQ(table.meanings[0].matches[0].ids, (std::vector<int64_t>{1, 2}));
  EXPECT_FALSE(table.meanings[0].matches[0].verified);
  EXPECT_EQ(table.meanings[0].matches[1].space, EventSpace::kNone);
  EXPECT_EQ(table.meanings[0].matches[1].phrases, Lines{"p"});
  EXPECT_EQ(table.meanings[0].matches[1].mentions, std::vector<int64_t>{3});
}

TEST(EventTableParse, TellsEveryProblemWithItsPlace) {
  const ParsedEventTable parsed = ParseEventTable("f", R"({
"casepack_events": 2,
"id": "X",
"columns": [{"column": "tim", "names": []}, 1],
"levels": {},
"meanings": [
{"id": "nodot", "effect": "bad", "match": []},
{"id": "a.b", "effect": "problem", "match": [{"space": "log"}]},
{"id": "a.b", "effect": "problem", "match": [{"ids": [1, -1, "2"], "verified": 1}], "matches": []}
]})");
  EXPECT_EQ(LinesOf(parsed.problems),
            (Lines{"1:1 manifest.member.missing", "2:20 manifest.version.unknown",
                   "3:7 manifest.expected.id", "4:24 manifest.expected.choice -> time",
                   "4:40 manifest.list.empty", "4:45 manifest.expected.object",
                   "5:11 manifest.expected.list", "7:8 manifest.expected.item_id",
                   "7:27 manifest.expected.choice", "8:46 manifest.events.match_empty",
                   "8:56 manifest.expected.choice", "9:8 manifest.item_id.twice",
                   "9:58 manifest.range", "9:62 manifest.expected.integer",
                   "9:80 manifest.expected.flag", "9:85 manifest.member.unknown -> match"}));
  EXPECT_EQ(LinesOf(ParseEventTable("f", "{").problems).size(), 1U);
}

TEST(EventTableParse, KnowsATableWhenItSeesOne) {
  EXPECT_TRUE(IsEventTable(kGood));
  EXPECT_TRUE(IsEventTable("{\"casepack_events\": 9}"));
  EXPECT_FALSE(IsEventTable("{\"casepack_manifest\": 1}"));
  EXPECT_FALSE(IsEventTable("casepack_events"));
}

TEST(EventTableParse, BuiltInTablesAreGood) {
  std::set<std::string> ids;
  for (const BuiltinFile& file : BuiltinEventFiles()) {
    const ParsedEventTable parsed = ParseEventTable(file.name, file.text);
    EXPECT_EQ(LinesOf(parsed.problems, Args::kShow), Lines{}) << file.name;
    for (const EventMeaning& meaning : parsed.table.meanings)
      EXPECT_TRUE(ids.insert(meaning.id).second) << meaning.id;
  }
  EXPECT_GT(ids.size(), 20U);
}

}  // namespace
}  // namespace casepack::manifest
