#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

constexpr const char* kManifest =
    R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"},
  "items": [{"id": "t.mode", "title": {"en": "m", "ja": "m"}, "kind": "file", "with": {"paths": ["/etc/mode"]}}],
  "facts": [{"item": "t.mode", "key": "t.mode", "from": "key_value", "name": "mode"}],
  "states": [{"state": "broken", "title": {"en": "It is broken", "ja": "壊れています"}, "when": {"fact": "t.mode", "eq": "WORD"}}],
  "checklist": [{"id": "t.row", "title": {"en": "The mode", "ja": "モード"}, "problem": {"fact": "t.mode", "eq": "WORD"}, "show": ["t.mode"]}]})";

std::string Manifest(const tests::TempTree& tree, const std::string& word) {
  std::string text = kManifest;
  for (size_t at = text.find("WORD"); at != std::string::npos; at = text.find("WORD"))
    text.replace(at, 4, word);
  return tree.Write(word + ".json", text);
}

// The run says it, the bundle says it again, and a newer manifest improves an old bundle.
TEST(AnalyzeCommand, SaysWhatTheRunSaidAndMoreWithANewerManifest) {
  const tests::TempTree tree;
  tree.Write("root/etc/mode", "mode: driver-offline\n");
  const std::string blind = Manifest(tree, "something-else");
  const std::string bundle = tree.Path("b.tar.gz");
  const auto run = RunCasepack({"collect", "--root", tree.Path("root"), "--manifest", blind,
                                "--only", "t.*", "-o", bundle, "--json"});
  ASSERT_EQ(run.exit, 0) << run.err;
  EXPECT_EQ(base::ParseJson(run.out)->Find("verdict")->Find("problems")->array()->size(), 0U);
  EXPECT_EQ(RunCasepack({"analyze", bundle, "--manifest", blind}).out.find("It is broken"),
            std::string::npos);

  const auto newer = RunCasepack(
      {"analyze", bundle, "--manifest", Manifest(tree, "driver-offline"), "--lang", "ja"});
  EXPECT_EQ(newer.exit, 0);
  EXPECT_NE(newer.out.find("壊れています"), std::string::npos) << newer.out;
  EXPECT_NE(newer.out.find("raw/t.mode/etc/mode:1"), std::string::npos) << newer.out;

  const auto json = RunCasepack({"analyze", bundle, "--manifest", blind, "--json"});
  EXPECT_EQ(base::ParseJson(json.out)->Find("facts")->Find("t.mode")->StringOr("value", ""),
            "driver-offline");
  EXPECT_EQ(RunCasepack({"verify", bundle}).exit, 0);
  EXPECT_EQ(RunCasepack({"analyze", tree.Path("none")}).exit, 2);
  EXPECT_EQ(RunCasepack({"analyze", tree.Write("x", "no bundle")}).exit, 1);
}

TEST(AnalyzeCommand, TheRoleIsAWordThatWeKnow) {
  const auto ran = RunCasepack({"collect", "--role", "agnt"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find("agent, relay or manager"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace casepack::cli
