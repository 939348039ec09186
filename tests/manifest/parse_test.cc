#include "collector/manifest/parse.h"

#include <gtest/gtest.h>

#include <fstream>

#include "collector/manifest/event_table_parse.h"
#include "collector/manifest/format.h"
#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

Lines Problems(std::string_view text) { return LinesOf(Parse("f", text, FakeKinds()).problems); }

constexpr std::string_view kGood = R"({
  "casepack_manifest": 1,
  "//": "about",
  "id": "deep-security.agent",
  "product": "deep-security",
  "title": {"en": "Agent", "ja": "エージェント"},
  "when": {"platform": "linux", "exists": ["/opt/ds_agent"]},
  "items": [
    {"id": "agent.files", "title": {"en": "F", "ja": "F"}, "kind": "file",
     "with": {"paths": "/etc/hosts"}},
    {"id": "agent.host", "title": {"en": "H", "ja": "H"}, "kind": "host_facts"}
  ]
})";

TEST(Parse, ReadsAFile) {
  const Parsed parsed = Parse("agent.json", kGood, FakeKinds());
  EXPECT_EQ(LinesOf(parsed.problems), Lines{});
  const Manifest& manifest = parsed.manifest;
  EXPECT_EQ(manifest.id, "deep-security.agent");
  EXPECT_EQ(manifest.product, "deep-security");
  EXPECT_EQ(manifest.title.ja, "エージェント");
  EXPECT_EQ(manifest.when.platforms, Lines{"linux"});
  EXPECT_EQ(manifest.when.exists, Lines{"/opt/ds_agent"});
  ASSERT_EQ(manifest.items.size(), 2U);
  EXPECT_EQ(manifest.items[0].options.Text("from"), "tail");
  EXPECT_EQ(manifest.items[1].id, "agent.host");
  EXPECT_EQ(parsed.id_place.line, 4U);
  EXPECT_EQ(parsed.item_places.at("agent.host").line, 11U);
}

struct Case {
  std::string_view text;
  Lines lines;
};

TEST(Parse, TellsEveryProblemInTheOrderOfTheText) {
  const Case cases[] = {
      {R"([])", {"1:1 manifest.expected.object"}},
      {R"({})",
       {"1:1 manifest.member.missing", "1:1 manifest.member.missing", "1:1 manifest.member.missing",
        "1:1 manifest.member.missing"}},
      {R"({"items": {}, "title": {"en": "X", "ja": "X"}, "id": "X", "casepack_manifest": 1,
"product": "Deep Security", "when": {"platfrom": "linux"}, "finding": []})",
       {"1:11 manifest.expected.list", "1:54 manifest.expected.id", "2:12 manifest.expected.id",
        "2:38 manifest.member.unknown -> platform", "2:60 manifest.member.unknown -> findings"}},
      {R"({"casepack_manifest": 1, "id": "x", "title": {"en": "X", "ja": "X"}, "items": [
{"id": "a.b", "title": {"en": "X", "ja": "X"}, "kind": "fiel", "priorty": 1},
{"id": "a.c", "title": {"en": "X", "ja": "X"}, "kind": "file", "with": {"path": "/x"}},
3]})",
       {"2:56 manifest.kind.unknown -> file", "2:64 manifest.member.unknown -> priority",
        "3:73 manifest.option.unknown -> paths", "4:1 manifest.expected.object"}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(Problems(c.text), c.lines) << c.text;
}

TEST(Parse, TellsWhatIsNoJson) {
  const Case cases[] = {
      {"", {"1:1 base.json.syntax"}},
      {"{\n  \"id\": }", {"2:9 base.json.syntax"}},
      {"{\"id\": 1,\n \"id\": 2}", {"2:2 base.json.twice"}},
      {"{} x", {"1:4 base.json.syntax"}},
      {"\xff", {"1:1 base.json.syntax"}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(Problems(c.text), c.lines) << c.text;
}

TEST(Parse, KnowsItsVersion) {
  const auto file = [](std::string_view version) {
    return R"({"casepack_manifest": )" + std::string(version) +
           R"(, "id": "x", "title": {"en": "X", "ja": "X"}, "items": [], "novelty": 1})";
  };
  const std::string novelty = "1:83 manifest.member.unknown";
  EXPECT_EQ(Problems(file("1")), Lines{novelty});
  // What a newer format means by its members is not judged.
  EXPECT_EQ(Problems(file("2")), Lines{"1:23 manifest.version.newer"});
  EXPECT_EQ(Problems(file("0")), (Lines{"1:23 manifest.version.unknown", novelty}));
  EXPECT_EQ(Problems(file("-")), Lines{"1:23 base.json.syntax"});
  EXPECT_EQ(Problems(file("\"1\""))[0], "1:23 manifest.version.unknown");
  EXPECT_EQ(Problems(file("1.0"))[0], "1:23 manifest.version.unknown");
}

TEST(Parse, TellsAnItemIdThatComesTwice) {
  const std::string item =
      R"({"id": "a.b", "title": {"en": "X", "ja": "X"}, "kind": "host_facts"})";
  const Parsed parsed = Parse("f", FileWithItem(item + ",\n" + item), FakeKinds());
  EXPECT_EQ(LinesOf(parsed.problems, Args::kShow),
            Lines{"3:8 manifest.item_id.twice id=a.b first_line=2"});
  EXPECT_EQ(parsed.manifest.items.size(), 1U);
}

TEST(Parse, ProblemsCarryTheNameOfTheFile) {
  EXPECT_EQ(Parse("dir/x.json", "{", FakeKinds()).problems.at(0).file, "dir/x.json");
  EXPECT_EQ(Parse("dir/x.json", "3", FakeKinds()).problems.at(0).file, "dir/x.json");
}

TEST(Parse, ShowsNothingThatATerminalWouldObey) {
  const std::string text = FileWithItem(
      R"({"id": "\u001b[2J", "title": {"en": "X", "ja": "X"}, "kind": "\u001b]0;x\u0007",
"\u001b\n": 1})");
  const Lines lines = LinesOf(Parse("f", text, FakeKinds()).problems, Args::kShow);
  EXPECT_EQ(lines, (Lines{"2:8 manifest.expected.item_id found=\"\\x1b[2J\"",
                          "2:62 manifest.kind.unknown name=\\x1b]0;x\\x07",
                          "3:1 manifest.member.unknown name=\\x1b\\n"}));
}

TEST(Parse, RefusesWhatIsFarTooLarge) {
  EXPECT_EQ(Problems(std::string(5U << 20U, ' ') + "{}"), Lines{"1:1 base.json.large"});
  EXPECT_EQ(Problems(std::string(100, '[')), Lines{"1:33 base.json.deep"});
  std::string many = "[0";
  for (size_t i = 0; i < kJsonLimits.values; ++i)
    many += ",0";
  EXPECT_NE(Problems(many + "]").at(0).find(" base.json.large"), std::string::npos);
}

// Every cut of a good file, and every byte of it changed, is judged without a crash.
TEST(Parse, StandsDamage) {
  for (size_t i = 0; i < kGood.size(); ++i) {
    EXPECT_FALSE(Problems(kGood.substr(0, i)).empty()) << i;
    for (const char c : {'"', ']', '\x80'}) {
      std::string damaged(kGood);
      damaged[i] = c;
      for (const Problem& problem : Parse("f", damaged, FakeKinds()).problems) {
        EXPECT_GE(problem.place.line, 1U);
        EXPECT_FALSE(problem.message.key.empty());
      }
    }
  }
}

// The blocks marked as JSON: whole manifests, and items that are shown alone.
std::vector<std::string> JsonBlocks(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "```json") {
      inside = true;
      blocks.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

TEST(Readme, ItsExamplesAreGood) {
  const auto blocks = JsonBlocks(CASEPACK_SOURCE_DIR "/manifests/README.md");
  ASSERT_GE(blocks.size(), 3U);
  for (const std::string& block : blocks) {
    if (IsEventTable(block)) {
      EXPECT_EQ(LinesOf(ParseEventTable("README.md", block).problems, Args::kShow), Lines{});
      continue;
    }
    const bool whole = block.find("casepack_manifest") != std::string::npos;
    const Parsed parsed = Parse("README.md", whole ? block : FileWithItem(block), FakeKinds());
    EXPECT_EQ(LinesOf(parsed.problems, Args::kShow), Lines{}) << block;
    EXPECT_FALSE(parsed.manifest.items.empty());
  }
}

}  // namespace
}  // namespace casepack::manifest
