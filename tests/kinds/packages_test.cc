#include <fcntl.h>
#include <sys/stat.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/kinds/kind_fixture.h"
#include "tests/kinds/scripted_host.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::Script;

constexpr const char* kMember = "packages.ndjson";

struct PackagesKind : tests::KindTest {
  base::Result<std::unique_ptr<os::Host>> MakeHost() override {
    ASSIGN_OR_RETURN(auto files, os::OpenHost({.root = root_}));
    if (!running_) return files;
    std::unique_ptr<os::Host> host =
        std::make_unique<tests::ScriptedHost>(std::move(files), scripts_, &runs_);
    return host;
  }

  void SetModified(const std::string& relative, time_t seconds) const {
    const timespec times[] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, tree_.Path(relative).c_str(), times, 0), 0);
  }

  bool running_ = false;
  tests::ScriptedHost::Scripts scripts_;
  tests::ScriptedHost::Runs runs_;
};

TEST_F(PackagesKind, ReadsTheDatabaseOfAnotherRoot) {
  tree_.Write("var/lib/dpkg/status",
              "Package: zlib1g\nStatus: hold ok installed\nArchitecture: amd64\n"
              "Version: 1:1.2.13-1\nDescription: text\n Package: not-a-field\n\n"
              "Package: gone\nStatus: deinstall ok not-installed\nVersion: 1\n\n"
              "Package: apt\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 2.6");
  tree_.Write("var/lib/dpkg/info/zlib1g:amd64.list", "/.\n");
  SetModified("var/lib/dpkg/info/zlib1g:amd64.list", 1'700'000'000);
  auto got = Collect("packages");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(
      got.members[kMember],
      R"({"manager":"dpkg","name":"apt","version":"2.6","arch":"all","status":"config-files"})"
      "\n"
      R"({"manager":"dpkg","name":"zlib1g","version":"1:1.2.13-1","arch":"amd64",)"
      R"("status":"installed","held":true,"installed":"2023-11-14T22:13:20Z"})"
      "\n");
}

TEST_F(PackagesKind, AsksDpkg) {
  running_ = true;
  tree_.Write("var/lib/dpkg/status", "Package: other\nStatus: install ok installed\n");
  scripts_["dpkg-query -W"] = {
      "b\t2\tall\tinstall ok installed\n"
      "a\t1.0-2\tamd64\tinstall ok installed\n"
      "no package\n",
      {}};
  auto got = Collect("packages");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members[kMember],
            R"({"manager":"dpkg","name":"a","version":"1.0-2","arch":"amd64","status":"installed"})"
            "\n"
            R"({"manager":"dpkg","name":"b","version":"2","arch":"all","status":"installed"})"
            "\n");
  ASSERT_EQ(runs_.size(), 1U);
  EXPECT_EQ(runs_[0].argv, (std::vector<std::string>{
                               "/usr/bin/dpkg-query", "-W",
                               "-f=${Package}\\t${Version}\\t${Architecture}\\t${Status}\\n"}));
}

TEST_F(PackagesKind, ReadsTheDatabaseWhenDpkgFails) {
  running_ = true;
  tree_.Write("var/lib/dpkg/status", "Package: a\nVersion: 1\nStatus: install ok installed\n");
  scripts_["dpkg-query -W"] = {"half\t1\tall\tinstall ok installed\n", {.code = 2}};
  auto got = Collect("packages");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.packages.tool_exit"), std::vector<std::string>{"/usr/bin/dpkg-query"});
  EXPECT_EQ(got.members[kMember].find("half"), std::string::npos);
  EXPECT_NE(got.members[kMember].find(R"("name":"a")"), std::string::npos);
}

TEST_F(PackagesKind, AsksRpm) {
  running_ = true;
  tree_.Write("var/lib/rpm/rpmdb.sqlite", "x");
  scripts_["rpm -qa"] = {
      "kernel\t5.14.0-503.el9\tx86_64\t1700000000\n"
      "gpg-pubkey\t8483c65d-5ccc5b19\t(none)\t0\n"
      "kernel\t1:5.14.0-427.el9\tx86_64\tunknown\n",
      {}};
  auto got = Collect("packages");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(
      got.members[kMember],
      R"x({"manager":"rpm","name":"gpg-pubkey","version":"8483c65d-5ccc5b19","arch":"(none)",)x"
      R"("status":"installed"})"
      "\n"
      R"({"manager":"rpm","name":"kernel","version":"1:5.14.0-427.el9","arch":"x86_64",)"
      R"("status":"installed"})"
      "\n"
      R"({"manager":"rpm","name":"kernel","version":"5.14.0-503.el9","arch":"x86_64",)"
      R"("status":"installed","installed":"2023-11-14T22:13:20Z"})"
      "\n");
}

TEST_F(PackagesKind, RpmsDatabaseIsForRpmAlone) {
  tree_.Write("var/lib/rpm/Packages", "x");
  auto alone = Collect("packages");
  EXPECT_EQ(alone.status.code(), base::Code::kUnsupported);
  EXPECT_EQ(alone.status.message().key, "kinds.packages.rpm_alone");
  EXPECT_TRUE(alone.members.empty());

  tree_.Write("var/lib/dpkg/status", "Package: a\nVersion: 1\nStatus: install ok installed\n");
  auto both = Collect("packages");
  EXPECT_EQ(both.row.outcome, Outcome::kPartial);
  EXPECT_EQ(both.Notes("kinds.packages.rpm_alone"),
            std::vector<std::string>{"/var/lib/rpm/Packages"});
  EXPECT_EQ(both.members.size(), 1U);
}

TEST_F(PackagesKind, KeepsWhatCameInTime) {
  running_ = true;
  tree_.Write("var/lib/rpm/rpmdb.sqlite", "x");
  scripts_["rpm -qa"] = {"a\t1\tnoarch\t1\nb\t", {.how = os::Exit::How::kTimedOut}};
  auto got = Collect("packages");
  EXPECT_EQ(got.row.outcome, Outcome::kTimedOut);
  EXPECT_NE(got.members[kMember].find(R"("name":"a")"), std::string::npos);
  EXPECT_EQ(got.members[kMember].find(R"("name":"b")"), std::string::npos);
}

TEST_F(PackagesKind, BoundsWhatADatabaseMayHold) {
  std::string text = "Package: " + std::string(100'000, 'x') + "\nStatus: install ok installed\n\n";
  for (int i = 0; i < 20'010; ++i) {
    text += "Package: p" + std::to_string(i) + "\nStatus: install ok installed\n\n";
  }
  tree_.Write("var/lib/dpkg/status", text);
  limits_ = manifest::Limits{.max_bytes = 50'000};
  auto got = Collect("packages");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.packages.left_out").size(), 1U);
  EXPECT_TRUE(got.Member(kMember)->cut_tail);
  EXPECT_EQ(got.members[kMember].find(std::string(300, 'x')), std::string::npos);
}

TEST_F(PackagesKind, SaysWhatItMayNotRead) {
  tree_.Write("var/lib/dpkg/status", "Package: a\n");
  ASSERT_EQ(chmod(tree_.Path("var/lib/dpkg/status").c_str(), 0), 0);
  as_nobody_ = true;
  EXPECT_EQ(Collect("packages").row.outcome, Outcome::kDenied);
}

TEST_F(PackagesKind, NoPackageManager) {
  auto got = Collect("packages");
  EXPECT_EQ(got.row.outcome, Outcome::kMissing);
  EXPECT_EQ(got.row.reason.message.key, "kinds.packages.none");
  Plan("packages");
  EXPECT_EQ(plan_status_.code(), base::Code::kMissing);
}

TEST_F(PackagesKind, ForeseesWithoutRunning) {
  tree_.Write("var/lib/dpkg/status", "Package: a\n");
  kinds::Preview preview = Plan("packages");
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kRead);
  EXPECT_EQ(preview.steps[0].what, "/var/lib/dpkg/status");

  running_ = true;
  tree_.Write("var/lib/rpm/rpmdb.sqlite", "x");
  scripts_["dpkg-query -W"] = {};
  scripts_["rpm -qa"] = {};
  preview = Plan("packages");
  ASSERT_EQ(preview.steps.size(), 2U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kRun);
  EXPECT_EQ(preview.steps[1].what.substr(0, 16), "/usr/bin/rpm -qa");
  EXPECT_TRUE(runs_.empty());
}

TEST_F(PackagesKind, TellsOfThisMachine) {
  root_ = "/";
  auto got = Collect("packages");
  if (got.row.outcome == Outcome::kMissing) GTEST_SKIP() << "no package manager here";
  EXPECT_TRUE(got.status.ok()) << got.status.message().key;
  EXPECT_NE(got.members[kMember].find(R"("status":"installed")"), std::string::npos);
}

}  // namespace
}  // namespace casepack
