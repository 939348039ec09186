#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "collector/base/json.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

class CollectCommandTest : public testing::Test {
 protected:
  CollectCommandTest() {
    tree_.Write("root/etc/hostname", "web01\n");
    tree_.Write("root/etc/motd", "welcome\n");
    manifest_ = tree_.Write(
        "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
      {"id": "t.motd", "title": {"en": "Greeting", "ja": "あいさつ"}, "kind": "file", "with": {"paths": ["/etc/motd"]}},
      {"id": "t.heavy", "title": {"en": "Heavy", "ja": "重い"}, "kind": "file", "with": {"paths": ["/etc/motd"]}, "consent": "ask"}]})");
  }

  tests::Ran Collect(std::vector<std::string> more) {
    std::vector<std::string> words{"collect", "--root", tree_.Path("root"), "--manifest", manifest_,
                                   "--only",  "t.*"};
    words.insert(words.end(), more.begin(), more.end());
    return RunCasepack(words, {{"SOURCE_DATE_EPOCH=1700000000"}, tree_.root(), 0, 0});
  }

  tests::TempTree tree_;
  std::string manifest_;
};

TEST_F(CollectCommandTest, WritesABundleAndSaysWhatIsInIt) {
  const auto ran = Collect({});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  const std::string path = tree_.Path("casepack-web01-20231114T221320Z.tar.gz");
  struct stat info {};
  ASSERT_EQ(stat(path.c_str(), &info), 0) << ran.out;
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  for (const char* part :
       {"web01", "skipped     Heavy", "only gathered when you agree",
        "The bundle to attach to your case: casepack-web01-20231114T221320Z.tar.gz"}) {
    EXPECT_NE(ran.out.find(part), std::string::npos) << part << "\n" << ran.out;
  }
  EXPECT_EQ(ran.err, "");  // no terminal, no progress
}

TEST_F(CollectCommandTest, SpeaksJapanese) {
  const auto ran = Collect({"--lang", "ja"});
  EXPECT_NE(ran.out.find("サポートケースに添付するバンドル"), std::string::npos) << ran.out;
}

TEST_F(CollectCommandTest, TakesTheUsersEventsWhereverTheyAre) {
  const std::string events = tree_.Write("home/events.csv", "Time,Level\npassword=Canary1\n");
  const std::string bundle = tree_.Path("b.tar.gz");
  auto ran = Collect({"--only", "events.*", "--events", events, "-o", bundle});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  ran = RunCasepack({"show", bundle, "raw/events.console/events.csv"});
  EXPECT_EQ(ran.out, "Time,Level\npassword=[REDACTED:password]\n") << ran.err;

  ran = Collect({"--events", tree_.Path("nowhere.csv"), "-o", tree_.Path("c.tar.gz")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find("nowhere.csv"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(tree_.Path("c.tar.gz")));

  // Without them there is no row that says so.
  ran = Collect({"--only", "events.*", "-o", tree_.Path("d.tar.gz")});
  EXPECT_EQ(ran.out.find("events.console"), std::string::npos) << ran.out;
}

TEST_F(CollectCommandTest, QuietPrintsThePathAlone) {
  EXPECT_EQ(Collect({"--quiet", "-o", tree_.Path("b.zip")}).out, tree_.Path("b.zip") + "\n");
}

TEST_F(CollectCommandTest, JsonIsOneObject) {
  const auto ran = Collect({"--json", "--yes"});
  const auto json = base::ParseJson(ran.out);
  ASSERT_TRUE(json) << ran.out;
  EXPECT_EQ(json->StringOr("host", ""), "web01");
  EXPECT_EQ(json->IntegerOr("exit", 99), 0);
  EXPECT_EQ(json->Find("items")->IntegerOr("ok", 0), 2);
  EXPECT_EQ(
      json->IntegerOr("bytes", 0),
      static_cast<int64_t>(std::filesystem::file_size(tree_.Path(json->StringOr("bundle", "")))));
}

TEST_F(CollectCommandTest, StandardOutputGetsTheBundleAndNothingElse) {
  const auto ran = Collect({"-o", "-"});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out.substr(0, 2), "\x1f\x8b");
  EXPECT_NE(ran.err.find("web01"), std::string::npos);
  const std::string path = tree_.Write("piped.tar.gz", ran.out);
  EXPECT_EQ(RunCasepack({"verify", path}).exit, 0);
}

TEST_F(CollectCommandTest, WhatCannotBeWrittenIsExitThree) {
  const auto ran = Collect({"-o", "/no/such/folder/b.tar.gz"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_EQ(ran.err.rfind("casepack: error:", 0), 0U) << ran.err;
}

TEST_F(CollectCommandTest, ManifestProblemsAreToldAllAtOnceAndNothingIsWritten) {
  const std::string bad = tree_.Write(
      "bad.json",
      R"({"casepack_manifest": 1, "id": "bad", "title": {"en": "b", "ja": "b"}, "items": [
  {"id": "b.x", "title": {"en": "x", "ja": "x"}, "kind": "fiel", "with": {}},
  {"id": "b.y", "title": {"en": "y"}, "kind": "file", "with": {"paths": ["/x"]}}]})");
  const auto ran = RunCasepack({"collect", "--manifest", bad, "-o", tree_.Path("b.tar.gz")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find(bad + ":2:"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("did you mean file?"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find(bad + ":3:"), std::string::npos) << ran.err;
  EXPECT_FALSE(std::filesystem::exists(tree_.Path("b.tar.gz")));
}

}  // namespace
}  // namespace casepack::cli
