#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

std::string SourceFile(const std::string& name) {
  std::ifstream in(CASEPACK_SOURCE_DIR "/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(ManifestCommand, ListsAndShowsWhatIsBuiltIn) {
  const std::string list = RunCasepack({"manifest", "list"}).out;
  EXPECT_NE(list.find("deep-security.agent"), std::string::npos) << list;
  EXPECT_EQ(RunCasepack({"manifest", "show", "deep-security.agent"}).out,
            SourceFile("manifests/deep-security/agent.json"));
  EXPECT_EQ(RunCasepack({"manifest", "show", "host/system.json"}).out,
            SourceFile("manifests/host/system.json"));
  const auto wrong = RunCasepack({"manifest", "show", "deep-security.agnet"});
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_NE(wrong.err.find("did you mean deep-security.agent?"), std::string::npos) << wrong.err;
}

TEST(ManifestCommand, ChecksWithPlaceAndNearestWord) {
  const tests::TempTree tree;
  const std::string bad =
      tree.Write("bad.json", "{\"casepack_manifest\": 1, \"id\": \"x\",\n  \"titel\": {}}");
  const auto ran = RunCasepack({"manifest", "check", bad});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find(bad + ":2:3: error:"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("did you mean title?"), std::string::npos) << ran.err;
  EXPECT_EQ(RunCasepack({"manifest", "check",
                         std::string(CASEPACK_SOURCE_DIR) + "/manifests/host/system.json"})
                .exit,
            0);
  EXPECT_EQ(RunCasepack({"manifest", "check", tree.Path("none")}).exit, 2);
}

TEST(ManifestCommand, ChecksEventTables) {
  const std::string good =
      std::string(CASEPACK_SOURCE_DIR) + "/manifests/deep-security/events.json";
  EXPECT_EQ(RunCasepack({"manifest", "check", good}).exit, 0);
  const tests::TempTree tree;
  std::string text = SourceFile("manifests/deep-security/events.json");
  text.insert(text.find("\"meanings\""), "\"meaning\": [],\n  ");
  const std::string bad = tree.Write("bad.json", text);
  const auto ran = RunCasepack({"manifest", "check", good, bad});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find(bad + ":"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("did you mean meanings?"), std::string::npos) << ran.err;
}

// What ships beside the manifests is what the field tables say.
TEST(ManifestCommand, SchemaAndReferenceAreUpToDate) {
  EXPECT_EQ(RunCasepack({"manifest", "schema"}).out, SourceFile("manifests/schema.json"));
  const std::string page = SourceFile("manifests/README.md");
  const std::string begin = "<!-- kinds: made by casepack manifest reference -->\n";
  const std::string end = "<!-- /kinds -->";
  const size_t from = page.find(begin);
  const size_t to = page.find(end);
  ASSERT_TRUE(from != std::string::npos && to != std::string::npos && from < to);
  EXPECT_EQ(page.substr(from + begin.size(), to - from - begin.size()),
            RunCasepack({"manifest", "reference"}).out);
}

}  // namespace
}  // namespace casepack::cli
