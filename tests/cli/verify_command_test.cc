#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

TEST(VerifyCommand, KnowsAWholeBundleFromADamagedOne) {
  const tests::TempTree tree;
  std::string text;
  for (int i = 0; i < 5000; ++i)
    text += "line " + std::to_string(i * 7919) + "\n";
  tree.Write("root/etc/motd", text);
  const std::string manifest = tree.Write(
      "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
    {"id": "t.motd", "title": {"en": "m", "ja": "m"}, "kind": "file", "with": {"paths": ["/etc/motd"]}}]})");
  const std::string bundle = tree.Path("b.tar.gz");
  ASSERT_EQ(RunCasepack({"collect", "--root", tree.Path("root"), "--manifest", manifest, "--only",
                         "t.*", "-o", bundle})
                .exit,
            0);
  const auto good = RunCasepack({"verify", bundle});
  EXPECT_EQ(good.exit, 0);
  EXPECT_NE(good.out.find("every digest is right"), std::string::npos) << good.out;

  const std::string bytes = tree.Read("b.tar.gz");
  const auto cut = RunCasepack(
      {"verify", tree.Write("cut.tar.gz", bytes.substr(0, bytes.size() * 2 / 3)), "--json"});
  EXPECT_EQ(cut.exit, 1);
  const auto json = base::ParseJson(cut.out);
  ASSERT_TRUE(json) << cut.out;
  EXPECT_GE(json->Find("problems")->array()->size(), 1U);

  std::string flipped = bytes;
  flipped[bytes.size() * 2 / 3] = static_cast<char>(flipped[bytes.size() * 2 / 3] ^ 0x10);
  EXPECT_EQ(RunCasepack({"verify", tree.Write("flipped.tar.gz", flipped)}).exit, 1);
  EXPECT_EQ(RunCasepack({"verify", tree.Path("none")}).exit, 2);
}

}  // namespace
}  // namespace casepack::cli
