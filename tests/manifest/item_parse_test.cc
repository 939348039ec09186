#include "collector/manifest/item_parse.h"

#include <gtest/gtest.h>

#include "tests/manifest/fake_kinds.h"

namespace casepack::manifest {
namespace {

using std::chrono::seconds;

struct Read {
  Item item;
  Lines lines;
};

Read ReadItem(std::string_view text) {
  const auto value = base::ParseJson(text);
  EXPECT_TRUE(value) << text;
  ProblemList problems("");
  Item item = ParseItem(*value, FakeKinds(), problems);
  return {std::move(item), LinesOf(problems.Take())};
}

// An item of kind host_facts that is good but for `more`, which begins at column 1 of
// line 2.
std::string With(std::string_view more) {
  return R"({"id": "a.b", "title": {"en": "T", "ja": "T"}, "kind": "host_facts",)"
         "\n" +
         std::string(more) + "}";
}

TEST(ParseItem, ReadsEverything) {
  const auto [item, lines] = ReadItem(R"({
    "//": ["a comment", {"of": "any form"}],
    "id": "host.kernel",
    "title": {"en": "Kernel", "ja": "カーネル", "//": "short"},
    "kind": "command",
    "with": {"argv": ["uname", "-a"]},
    "when": {"platform": ["linux", "windows"], "exists": "/proc", "//": ""},
    "limits": {"timeout": "5s", "max_bytes": "64K", "max_files": 3, "//": ""},
    "priority": 100,
    "consent": "ask"})");
  EXPECT_EQ(lines, Lines{});
  EXPECT_EQ(item.id, "host.kernel");
  EXPECT_EQ(item.title.en, "Kernel");
  EXPECT_EQ(item.title.ja, "カーネル");
  EXPECT_EQ(item.kind, "command");
  EXPECT_EQ(item.options.TextList("argv"), (Lines{"uname", "-a"}));
  EXPECT_EQ(item.options.TextList("exit_ok"), Lines{"0"});
  EXPECT_EQ(item.when.platforms, (Lines{"linux", "windows"}));
  EXPECT_EQ(item.when.exists, Lines{"/proc"});
  EXPECT_EQ(item.limits, (Limits{seconds(5), 65536, 3}));
  EXPECT_EQ(item.priority, 100);
  EXPECT_EQ(item.consent, Consent::kAsk);
}

TEST(ParseItem, HasDefaults) {
  const auto [item, lines] = ReadItem(
      R"({"id": "a.b", "title": {"en": "T", "ja": "T"}, "kind": "command",
          "with": {"argv": "true"}, "limits": {"max_files": 9}, "consent": "default"})");
  EXPECT_EQ(lines, Lines{});
  // Of its kind, where the item says nothing.
  EXPECT_EQ(item.limits, (Limits{seconds(20), 4U << 20U, 9}));
  EXPECT_EQ(item.priority, 50);
  EXPECT_EQ(item.consent, Consent::kDefault);
  EXPECT_TRUE(item.when.platforms.empty());
  EXPECT_TRUE(item.when.exists.empty());
}

struct Case {
  std::string_view text;
  Lines lines;
};

TEST(ParseItem, TellsEveryProblem) {
  const Case cases[] = {
      {R"([])", {"1:1 manifest.expected.object"}},
      {R"({})",
       {"1:1 manifest.member.missing", "1:1 manifest.member.missing",
        "1:1 manifest.member.missing"}},
      {R"({"id": "a", "title": "T", "kind": 1, "with": []})",
       {"1:8 manifest.expected.item_id", "1:22 manifest.expected.object",
        "1:35 manifest.expected.text", "1:46 manifest.expected.object"}},
      {R"({"id": "a.b", "title": {"en": "T", "ja": "T"}, "kind": "comand", "with": {"argv": 1}})",
       {"1:56 manifest.kind.unknown -> command"}},
      {R"({"id": "a.b", "title": {"en": "T", "ja": "T"}, "kind": "command"})",
       {"1:1 manifest.option.missing"}},
      {R"({"id": "a.b", "title": {"en": "T", "ja": "T"}, "kind": "command", "argv": ["ls"]})",
       {"1:1 manifest.option.missing", "1:67 manifest.member.unknown"}},
      // Of a later format.
      {R"({"id": "a.b", "title": {"en": "T", "ja": "T"}, "kind": "host_facts",
"facts": [], "events": "x", "answers": []})",
       {"2:24 manifest.expected.choice", "2:29 manifest.member.unknown"}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(ReadItem(c.text).lines, c.lines) << c.text;
}

TEST(ParseItem, TellsProblemsOfOneMember) {
  const Case cases[] = {
      {R"("when": {"platform": "linx"})", {"2:22 manifest.expected.choice -> linux"}},
      {R"("when": {"platform": ["linux", 7]})", {"2:32 manifest.expected.choice"}},
      {R"("when": {"platform": []})", {"2:22 manifest.list.empty"}},
      {R"("when": {"exists": "etc"})", {"2:20 manifest.expected.absolute"}},
      {R"("when": {"exists": ["/etc", "", "~/x"]})",
       {"2:29 manifest.expected.absolute", "2:33 manifest.expected.absolute"}},
      {R"("when": {"exists": "C:\\Windows"})", {}},
      {R"("when": {"exists": "C:Windows"})", {"2:20 manifest.expected.absolute"}},
      {R"("when": {"exists": []})", {"2:20 manifest.list.empty"}},
      {R"("when": {"role": "agent"})", {"2:10 manifest.member.unknown"}},
      {R"("when": "linux")", {"2:9 manifest.expected.object"}},
      {R"("limits": {"timeout": "2h", "max_bytes": "2G", "max_files": 100001})",
       {"2:23 manifest.range", "2:42 manifest.range", "2:61 manifest.range"}},
      {R"("limits": {"timeout": 0, "max_bytes": 0, "max_files": 0})",
       {"2:23 manifest.range", "2:39 manifest.range", "2:55 manifest.range"}},
      {R"("limits": {"timeout": "1h", "max_bytes": "1G", "max_files": 100000})", {}},
      {R"("limits": {"timeout": "1ms", "max_bytes": 1, "max_files": 1})", {}},
      {R"("limits": {"timeout": [], "max_bytes": {}, "max_files": "1"})",
       {"2:23 manifest.expected.duration", "2:40 manifest.expected.size",
        "2:57 manifest.expected.integer"}},
      {R"("limits": {"time_out": 1})", {"2:12 manifest.member.unknown -> timeout"}},
      {R"("priority": 101)", {"2:13 manifest.range"}},
      {R"("priority": -1)", {"2:13 manifest.range"}},
      {R"("priority": 0)", {}},
      {R"("priority": "high")", {"2:13 manifest.expected.integer"}},
      {R"("consent": "aks")", {"2:12 manifest.expected.choice -> ask"}},
      {R"("consent": true)", {"2:12 manifest.expected.choice"}},
      {R"("with": {"//": "none"})", {}},
      {R"("with": {"x": 1})", {"2:10 manifest.option.unknown"}},
  };
  for (const Case& c : cases)
    EXPECT_EQ(ReadItem(With(c.text)).lines, c.lines) << c.text;
}

TEST(ParseTitle, WantsOneLineInEachLanguage) {
  const Case cases[] = {
      {R"({"en": "A", "ja": "あ"})", {}},
      {R"({"en": "A"})", {"1:1 manifest.member.missing"}},
      {R"({"ja": "A"})", {"1:1 manifest.member.missing"}},
      {R"({"en": "", "ja": "  "})", {"1:8 manifest.text.empty", "1:18 manifest.text.empty"}},
      {R"({"en": 1, "ja": null})", {"1:8 manifest.expected.text", "1:17 manifest.expected.text"}},
      {R"({"en": "a\nb", "ja": "\u001b[2J"})",
       {"1:8 manifest.text.control", "1:22 manifest.text.control"}},
      {R"({"en": "\u202eabc", "ja": "A"})", {"1:8 manifest.text.control"}},
      {R"({"en": "A", "ja": "A", "de": "A"})", {"1:24 manifest.member.unknown"}},
  };
  for (const Case& c : cases) {
    ProblemList problems("");
    ParseTitle(*base::ParseJson(c.text), problems);
    EXPECT_EQ(LinesOf(problems.Take()), c.lines) << c.text;
  }
}

}  // namespace
}  // namespace casepack::manifest
