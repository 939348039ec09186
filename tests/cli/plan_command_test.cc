#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

TEST(PlanCommand, TellsWhatItWouldReadAndRun) {
  const tests::TempTree tree;
  tree.Write("root/var/log/a.log", std::string(3000, 'x'));
  const std::string manifest = tree.Write(
      "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
    {"id": "t.logs", "title": {"en": "Logs", "ja": "ログ"}, "kind": "file", "with": {"paths": ["/var/log/*.log"]}},
    {"id": "t.run", "title": {"en": "Run", "ja": "実行"}, "kind": "command", "with": {"argv": ["uname", "-a"]}}]})");
  const std::vector<std::string> words{"plan", "--manifest", manifest,         "--only",
                                       "t.*",  "--root",     tree.Path("root")};
  const auto ran = RunCasepack(words);
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("read /var/log/a.log (2.9 KiB)"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("t.run  Run"), std::string::npos);

  auto json_words = words;
  json_words.emplace_back("--json");
  const auto json = base::ParseJson(RunCasepack(json_words).out);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->IntegerOr("bytes", 0), 3000);
  ASSERT_EQ(json->Find("items")->array()->size(), 2U);
}

}  // namespace
}  // namespace casepack::cli
