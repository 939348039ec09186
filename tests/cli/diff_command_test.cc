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
  "facts": [{"item": "t.mode", "key": "t.mode", "from": "key_value", "name": "mode"},
            {"item": "t.mode", "key": "t.same", "from": "key_value", "name": "same"}]})";

std::string Bundle(const tests::TempTree& tree, const std::string& name, const std::string& mode) {
  tree.Write(name + "/etc/mode", "mode: " + mode + "\nsame: x\n");
  const std::string bundle = tree.Path(name + ".tar.gz");
  EXPECT_EQ(RunCasepack({"collect", "--root", tree.Path(name), "--manifest",
                         tree.Write("m.json", kManifest), "--only", "t.*", "-o", bundle})
                .exit,
            0);
  return bundle;
}

TEST(DiffCommand, TwoBundles) {
  const tests::TempTree tree;
  const std::string healthy = Bundle(tree, "healthy", "on");
  const std::string broken = Bundle(tree, "broken", "driver-offline");
  const std::string manifest = tree.Path("m.json");
  const auto ran = RunCasepack({"diff", healthy, broken, "--manifest", manifest});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("driver-offline"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("t.same"), std::string::npos) << ran.out;
  const auto json =
      base::ParseJson(RunCasepack({"diff", healthy, broken, "--manifest", manifest, "--json"}).out);
  ASSERT_TRUE(json);
  ASSERT_EQ(json->array()->size(), 1U);
  EXPECT_EQ(json->array()->front().StringOr("kind", ""), "different");
  const auto same = RunCasepack({"diff", healthy, healthy, "--manifest", manifest, "--lang", "ja"});
  EXPECT_NE(same.out.find("差異はありません"), std::string::npos) << same.out;
  EXPECT_EQ(RunCasepack({"diff", healthy, tree.Path("none")}).exit, 2);
  EXPECT_EQ(RunCasepack({"diff", healthy}).exit, 2);
}

// The comparison stands in the bundle, where --healthy was given with the run.
TEST(DiffCommand, CollectComparesAtOnce) {
  const tests::TempTree tree;
  const std::string healthy = Bundle(tree, "healthy", "on");
  tree.Write("broken/etc/mode", "mode: driver-offline\nsame: x\n");
  const std::string bundle = tree.Path("b.tar.gz");
  const auto collect = [&](const std::string& with) {
    return RunCasepack({"collect", "--root", tree.Path("broken"), "--manifest", tree.Path("m.json"),
                        "--only", "t.*", "--healthy", with, "-o", bundle})
        .exit;
  };
  EXPECT_EQ(collect(tree.Path("none")), 2);
  ASSERT_EQ(collect(healthy), 0);
  const auto facts = base::ParseJson(RunCasepack({"show", bundle, "facts.json"}).out);
  ASSERT_TRUE(facts);
  const base::Json* all = facts->Find("facts");
  EXPECT_EQ(all->Find("healthy.differences")->Find("value")->integer() != nullptr, true);
  EXPECT_EQ(all->Find("healthy.difference.t.mode")->StringOr("value", ""), "on -> driver-offline");
}

}  // namespace
}  // namespace casepack::cli
