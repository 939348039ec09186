#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
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

TEST_F(CollectCommandTest, LabelsAreStoredAndShown) {
  const std::string bundle = tree_.Path("b.tar.gz");
  auto ran = Collect({"--label", "site=東京", "--label", "password=Canary1", "-o", bundle});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_NE(ran.out.find("Labels"), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("Canary1"), std::string::npos) << ran.out;
  const auto index = base::ParseJson(RunCasepack({"show", bundle, "--json"}).out);
  ASSERT_TRUE(index);
  EXPECT_EQ(index->Find("labels")->StringOr("site", ""), "東京");
  EXPECT_EQ(index->Find("labels")->StringOr("password", ""), "[REDACTED:secret-name]");

  for (const std::string wrong : {"site", "=x", "site=", "si te=x", "site=a\nb"}) {
    ran = Collect({"--label", wrong, "-o", tree_.Path("c.tar.gz")});
    EXPECT_EQ(ran.exit, 2) << wrong;
  }
  EXPECT_EQ(Collect({"--label", "site=a", "--label", "site=b"}).exit, 2);
}

TEST_F(CollectCommandTest, ADigestIsOneLineWhateverHappens) {
  const auto digest = [&](const tests::Ran& ran) {
    EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1) << ran.out;
    auto json = base::ParseJson(ran.out);
    EXPECT_TRUE(json) << ran.out;
    EXPECT_EQ(json->IntegerOr("exit", -1), ran.exit);
    return *json;
  };
  const std::string bundle = tree_.Path("b.tar.gz");
  const auto good = digest(Collect({"--digest", "--label", "site=tokyo", "-o", bundle}));
  EXPECT_EQ(good.StringOr("host", ""), "web01");
  EXPECT_EQ(good.StringOr("bundle", ""), bundle);
  EXPECT_EQ(static_cast<uintmax_t>(good.IntegerOr("bytes", 0)), std::filesystem::file_size(bundle));
  EXPECT_EQ(good.Find("by")->StringOr("site", ""), "tokyo");
  EXPECT_EQ(good.StringOr("exit_class", ""), "complete");

  const auto exists = digest(Collect({"--digest", "-o", bundle}));
  EXPECT_EQ(exists.StringOr("exit_class", ""), "not_written");
  EXPECT_NE(exists.StringOr("error", ""), "");
  EXPECT_EQ(digest(Collect({"--digest", "--label", "x"})).StringOr("exit_class", ""), "usage");
  EXPECT_EQ(digest(Collect({"--digest", "--bogus"})).StringOr("exit_class", ""), "usage");
  EXPECT_EQ(digest(Collect({"--digest", "--manifest", tree_.Path("none.json")}))
                .StringOr("exit_class", ""),
            "usage");
  // A bundle that stands on standard output has it for itself.
  const auto streamed = Collect({"--digest", "-o", "-"});
  EXPECT_EQ(streamed.out.substr(0, 2), "\x1f\x8b");
  EXPECT_TRUE(base::ParseJson(streamed.err)) << streamed.err;
}

TEST_F(CollectCommandTest, CutsAroundTheTimeOfTheError) {
  tree_.Write(
      "root/log/a.log",
      "2021-06-30 12:00:00 before\n2021-06-30 12:39:00 it broke\n2021-06-30 15:00:00 after\n");
  const std::string manifest = tree_.Write(
      "w.json", R"({"casepack_manifest": 1, "id": "w", "title": {"en": "w", "ja": "w"}, "items": [
      {"id": "t.log", "title": {"en": "Log", "ja": "ログ"}, "kind": "log_window", "with": {"paths": "/log/*.log"}}],
      "evidence": [{"id": "t.broke", "title": {"en": "broke", "ja": "故障"}, "paths": "/log/*.log", "texts": "it broke"}]})");
  const std::vector<std::string> base{"--manifest", manifest,   "--quiet",  "--time-zone",
                                      "+09:00",     "--window", "-10m/+10m"};
  auto found = base;
  found.insert(found.end(), {"-o", tree_.Path("found.zip")});
  EXPECT_EQ(Collect(found).exit, 0);
  const auto shown = RunCasepack({"show", tree_.Path("found.zip"), "--json"});
  EXPECT_NE(shown.out.find("2021-06-30T03:39:00Z"), std::string::npos) << shown.out;
  EXPECT_NE(shown.out.find("t.broke"), std::string::npos);
  EXPECT_EQ(RunCasepack({"show", tree_.Path("found.zip"), "raw/t.log/log/a.log"}).out,
            "2021-06-30 12:39:00 it broke\n");
  EXPECT_NE(RunCasepack({"show", tree_.Path("found.zip"), "events.ndjson"}).out.find("it broke"),
            std::string::npos);

  auto given = base;
  given.insert(given.end(), {"-o", tree_.Path("given.zip"), "--error-time", "21/06/30 15:05"});
  EXPECT_EQ(Collect(given).exit, 0);
  EXPECT_EQ(RunCasepack({"show", tree_.Path("given.zip"), "raw/t.log/log/a.log"}).out,
            "2021-06-30 15:00:00 after\n");
}

TEST_F(CollectCommandTest, RefusesWhatIsNoTime) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{
           {"--error-time", "soon"}, {"--window", "wide"}, {"--time-zone", "Nowhere/None"}}) {
    const auto ran = Collect(wrong);
    EXPECT_EQ(ran.exit, 2) << wrong[0];
    EXPECT_NE(ran.err.find(wrong[1]), std::string::npos) << ran.err;
  }
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
