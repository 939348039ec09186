#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "collector/bundle/reader.h"
#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

constexpr const char* kKey = "0123456789abcdef0123456789abcdef\n";
constexpr const char* kMotd =
    "welcome to web01.corp.example.jp (10.1.2.3), taro\nweb01 hanako@example.com\n";

class RedactionSettingsTest : public testing::Test {
 protected:
  RedactionSettingsTest() {
    tree_.Write("root/etc/hostname", "web01.corp.example.jp\n");
    tree_.Write("root/etc/passwd", "root:x:0:0::/root:/bin/sh\ntaro:x:1000:1000::/:/bin/sh\n");
    tree_.Write("root/etc/motd", kMotd);
    tree_.Write("root/var/log/web01.log", "10.1.2.3 acme_00112233\n");
    manifest_ = tree_.Write(
        "m.json", R"({"casepack_manifest": 1, "id": "t", "title": {"en": "t", "ja": "t"}, "items": [
      {"id": "t.texts", "title": {"en": "x", "ja": "x"}, "kind": "file", "with": {"paths": ["/etc/motd", "/var/log/*"]}}]})");
    tree_.Folder("out");
  }

  tests::Ran Collect(std::vector<std::string> more) {
    std::vector<std::string> words{"collect", "--root", tree_.Path("root"), "--manifest", manifest_,
                                   "--only",  "t.*"};
    words.insert(words.end(), more.begin(), more.end());
    return RunCasepack(words, {{"SOURCE_DATE_EPOCH=1700000000"}, tree_.Path("out"), 0, 0});
  }

  // The greeting as a bundle has it that was collected like that.
  std::string Motd(std::vector<std::string> more) {
    const std::string path = tree_.Path("motd.tar.gz");
    more.insert(more.end(), {"-o", path});
    EXPECT_EQ(Collect(more).exit, 0);
    const auto shown = RunCasepack({"show", path, "raw/t.texts/etc/motd"});
    std::filesystem::remove(path);
    return shown.out;
  }

  std::string WriteSecret(const std::string& name, const std::string& content, mode_t mode = 0600) {
    const std::string path = tree_.Write(name, content);
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }

  std::vector<std::string> Written() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(tree_.Path("out")))
      names.push_back(entry.path().filename().string());
    return names;
  }

  tests::TempTree tree_;
  std::string manifest_;
};

TEST_F(RedactionSettingsTest, RefusesBeforeAnythingIsWritten) {
  const std::string good = WriteSecret("key", kKey);
  const std::string shared = WriteSecret("shared", kKey, 0644);
  const std::string brief = WriteSecret("brief", "0123456789abcde\n");
  const std::string rules = tree_.Write(
      "rules.json", "{\"casepack_rules\": 1, \"rules\": [\n{\"id\": \"a\", \"pattern\": \"(\"}]}");
  const struct {
    std::vector<std::string> flags;
    std::vector<std::string> said;
  } cases[] = {
      {{"--key-file", good}, {"--key-file", "--pseudonymize"}},
      {{"--map", tree_.Path("out/map")}, {"--map", "--pseudonymize"}},
      {{"--pseudonymize", "--key-file", shared}, {shared, "chmod 600 " + shared}},
      {{"--pseudonymize", "--key-file", brief}, {brief, "16"}},
      {{"--pseudonymize", "--key-file", tree_.Path("none")}, {tree_.Path("none")}},
      {{"--pseudonymize=hosts,user"}, {"\"user\"", "emails"}},
      {{"--rules", rules}, {rules + ":2:24: error: rule a: "}},
      {{"--rules", tree_.Path("none")}, {tree_.Path("none")}},
  };
  for (const auto& c : cases) {
    const auto ran = Collect(c.flags);
    EXPECT_EQ(ran.exit, 2) << c.flags[0] << "\n" << ran.out << ran.err;
    for (const std::string& part : c.said)
      EXPECT_NE(ran.err.find(part), std::string::npos) << part << "\n" << ran.err;
    EXPECT_EQ(Written(), std::vector<std::string>()) << c.flags[0];
  }
}

TEST_F(RedactionSettingsTest, WithoutItNothingIsRenamed) { EXPECT_EQ(Motd({}), kMotd); }

TEST_F(RedactionSettingsTest, RenamesWhatIsAskedFor) {
  const struct {
    const char* flag;
    std::vector<std::string> gone;
    std::vector<std::string> kept;
  } cases[] = {
      {"--pseudonymize", {"web01", "example.jp", "10.1.2.3", "taro"}, {"welcome to "}},
      {"--pseudonymize=all", {"web01", "example.jp", "10.1.2.3", "taro"}, {"welcome to "}},
      {"--pseudonymize=hosts", {"web01", "example.jp"}, {"10.1.2.3", "taro"}},
      {"--pseudonymize=users,ips", {"10.1.2.3", "taro"}, {"web01.corp.example.jp"}},
  };
  for (const auto& c : cases) {
    const std::string motd = Motd({c.flag});
    for (const std::string& name : c.gone)
      EXPECT_EQ(motd.find(name), std::string::npos) << c.flag << "\n" << motd;
    for (const std::string& name : c.kept)
      EXPECT_NE(motd.find(name), std::string::npos) << c.flag << "\n" << motd;
  }
}

TEST_F(RedactionSettingsTest, TheKeyMakesTheNames) {
  const std::string one = WriteSecret("one", kKey);
  const std::string other = WriteSecret("other", std::string("x") + kKey);
  const std::string motd = Motd({"--pseudonymize", "--key-file", one});
  EXPECT_EQ(Motd({"--pseudonymize", "--key-file", one}), motd);
  EXPECT_NE(Motd({"--pseudonymize", "--key-file", other}), motd);
  EXPECT_NE(Motd({"--pseudonymize"}), Motd({"--pseudonymize"}));
}

TEST_F(RedactionSettingsTest, TheMapIsTheWayBackAndNobodyElses) {
  const std::string map = tree_.Path("out/map");
  const std::string motd = Motd({"--pseudonymize", "--map", map});
  EXPECT_EQ(motd.find("web01"), std::string::npos) << motd;
  struct stat info {};
  ASSERT_EQ(stat(map.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777U, 0600U);
  const auto revealed = RunCasepack({"reveal", map, tree_.Write("motd", motd)});
  EXPECT_EQ(revealed.exit, 0) << revealed.err;
  EXPECT_EQ(revealed.out, kMotd);
}

// Without its map, a bundle with a random key is of little use: told before the work.
TEST_F(RedactionSettingsTest, AMapThatCannotBeWritten) {
  const std::string map = tree_.Write("map", "of an earlier run\n");
  for (const std::string& path : {map, tree_.Path("no/such/folder/map")}) {
    const auto ran = Collect({"--pseudonymize", "--map", path});
    EXPECT_EQ(ran.exit, 2) << ran.out;
    EXPECT_NE(ran.err.find(path), std::string::npos) << ran.err;
    EXPECT_EQ(Written(), std::vector<std::string>());
  }
  EXPECT_EQ(tree_.Read("map"), "of an earlier run\n");
}

// Not in the file's name, not in a member's, not in the index, nowhere.
TEST_F(RedactionSettingsTest, TheHostsNameStandsNowhereInTheBundle) {
  const auto ran = Collect({"--pseudonymize"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  const std::vector<std::string> written = Written();
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written[0].rfind("casepack-host-", 0), 0U) << written[0];
  EXPECT_EQ(written[0].find("web01"), std::string::npos);
  const auto reader = bundle::Reader::Open(tree_.Path("out/" + written[0]));
  ASSERT_TRUE(reader);
  EXPECT_NE((*reader)->index().host.name, "");
  std::string all;
  size_t members = 0;
  bundle::Reader::Visitor visitor;
  visitor.begin = [&](const bundle::MemberInfo& member) { all += "\n" + member.name + "\n"; };
  visitor.bytes = [&](std::string_view bytes) { all += bytes; };
  visitor.end = [&] { ++members; };
  ASSERT_TRUE((*reader)->ForEach(visitor).ok());
  EXPECT_GE(members, 4U);
  for (const char* name : {"web01", "example.jp", "10.1.2.3", "taro", "hanako"}) {
    const size_t at = all.find(name);
    EXPECT_EQ(at, std::string::npos) << name << ": " << all.substr(at < 200 ? 0 : at - 200, 400);
  }
}

// What was renamed is no name that verify would find. (Without hosts and users: those of
// the machine that runs this test.)
TEST_F(RedactionSettingsTest, VerifyFindsNothingInWhatWasRenamed) {
  const std::string path = tree_.Path("out/b.tar.gz");
  ASSERT_EQ(Collect({"--pseudonymize", "-o", path}).exit, 0);
  for (const char* classes : {"ips", "macs", "emails", "ids"}) {
    const auto ran = RunCasepack({"verify", path, "--pseudonymize=" + std::string(classes)});
    EXPECT_EQ(ran.exit, 0) << classes << "\n" << ran.out;
  }
}

TEST_F(RedactionSettingsTest, OwnRulesAreUsed) {
  const std::string rules = tree_.Write(
      "rules.json",
      R"({"casepack_rules": 1, "rules": [{"id": "acme", "pattern": "acme_[0-9]{8}", "literals": ["acme_"]}]})");
  const std::string path = tree_.Path("out/b.tar.gz");
  EXPECT_EQ(Collect({"--rules", rules, "-o", path}).exit, 0);
  EXPECT_EQ(RunCasepack({"show", path, "raw/t.texts/var/log/web01.log"}).out,
            "10.1.2.3 [REDACTED:acme]\n");
}

}  // namespace
}  // namespace casepack::cli
