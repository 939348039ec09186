#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/kinds/kind_fixture.h"
#include "tests/kinds/scripted_host.h"

namespace casepack {
namespace {

using bundle::Outcome;
using tests::List;

constexpr const char* kMember = "services.ndjson";

struct ServicesKind : tests::KindTest {
  base::Result<std::unique_ptr<os::Host>> MakeHost() override {
    ASSIGN_OR_RETURN(auto files, os::OpenHost({.root = root_}));
    if (!running_) return files;
    std::unique_ptr<os::Host> host =
        std::make_unique<tests::ScriptedHost>(std::move(files), scripts_, &runs_);
    return host;
  }

  void Systemd(const std::string& shown, const std::string& files = {}) {
    running_ = true;
    tree_.Folder("run/systemd/system");
    scripts_["systemctl show"] = {shown, {}};
    scripts_["systemctl list-unit-files"] = {files, {}};
  }

  void InitScript(const std::string& name) const {
    ASSERT_EQ(chmod(tree_.Write("etc/init.d/" + name, "#!/bin/sh\n").c_str(), 0755), 0);
  }

  bool running_ = false;
  tests::ScriptedHost::Scripts scripts_;
  tests::ScriptedHost::Runs runs_;
};

TEST_F(ServicesKind, AsksSystemd) {
  Systemd(
      "Id=ssh.service\nDescription=OpenBSD Secure Shell server\nLoadState=loaded\n"
      "ActiveState=active\nSubState=running\nMainPID=812\nNRestarts=0\nExecMainStatus=0\n"
      "ActiveEnterTimestamp=Sun 2026-11-22 10:02:03 UTC\nInactiveEnterTimestamp=\n"
      "Result=success\nFragmentPath=/lib/systemd/system/ssh.service\nUnitFileState=enabled\n"
      "\n"
      "Id=ds_agent.service\nActiveState=failed\nSubState=failed\nMainPID=0\nNRestarts=[not set]\n"
      "InactiveEnterTimestamp=n/a\nDescription=a=b\n");
  auto got = Collect("services");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members[kMember],
            R"({"manager":"systemd","unit":"ds_agent.service","description":"a=b",)"
            R"("active":"failed","sub":"failed","main_pid":0,"restarts":"[not set]",)"
            R"("inactive_since":"n/a"})"
            "\n"
            R"({"manager":"systemd","unit":"ssh.service",)"
            R"("description":"OpenBSD Secure Shell server","load":"loaded","active":"active",)"
            R"("sub":"running","enabled":"enabled","result":"success","main_pid":812,)"
            R"("restarts":0,"exit_status":0,"active_since":"2026-11-22T10:02:03Z",)"
            R"("path":"/lib/systemd/system/ssh.service"})"
            "\n");
}

TEST_F(ServicesKind, AddsWhatIsNotLoaded) {
  Systemd("Id=a.service\nActiveState=active\n",
          "a.service      enabled  enabled\nb.service  disabled enabled\nc.service static\n"
          "x.socket enabled\n\n3 unit files listed.\n");
  auto got = Collect("services");
  EXPECT_EQ(got.members[kMember],
            R"({"manager":"systemd","unit":"a.service","active":"active"})"
            "\n"
            R"({"manager":"systemd","unit":"b.service","load":"not-loaded","enabled":"disabled"})"
            "\n"
            R"({"manager":"systemd","unit":"c.service","load":"not-loaded","enabled":"static"})"
            "\n");
}

TEST_F(ServicesKind, AsksForTheWantedUnitsAlone) {
  Systemd("Id=a.service\n");
  Collect("services", {{"units", List({"ds_agent*", "tmxbc.service"})}});
  ASSERT_EQ(runs_.size(), 2U);
  for (const os::Command& run : runs_) {
    const std::vector<std::string> last(run.argv.end() - 3, run.argv.end());
    EXPECT_EQ(last, (std::vector<std::string>{"--", "ds_agent*.service", "tmxbc.service"}));
    EXPECT_EQ(run.environment, std::vector<std::string>{"TZ=UTC"});
  }
  EXPECT_EQ(runs_[0].argv[0], "/usr/bin/systemctl");
  EXPECT_EQ(runs_[0].argv[4].substr(0, 23), "--property=Id,Descripti");
}

TEST_F(ServicesKind, FallsBackToFilesWhenSystemdDoesNotAnswer) {
  Systemd("");
  scripts_["systemctl show"].exit.code = 1;
  tree_.Write("lib/systemd/system/a.service", "");
  InitScript("old");
  auto got = Collect("services");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.services.systemctl"), std::vector<std::string>{"/usr/bin/systemctl"});
  EXPECT_EQ(got.members[kMember],
            R"({"manager":"systemd","unit":"a.service","path":"/lib/systemd/system/a.service"})"
            "\n"
            R"({"manager":"sysv","unit":"old","path":"/etc/init.d/old","runlevels":[]})"
            "\n");
}

TEST_F(ServicesKind, ListsInitScriptsWithTheirRunlevels) {
  running_ = true;
  scripts_["systemctl show"] = {"System has not been booted with systemd\n", {.code = 1}};
  InitScript("cron");
  InitScript("dbus");
  tree_.Write("etc/init.d/README", "not a script");
  tree_.Link("etc/rc2.d/S01cron", "../init.d/cron");
  tree_.Link("etc/rc5.d/S01cron", "../init.d/cron");
  tree_.Link("etc/rc0.d/K01cron", "../init.d/cron");
  tree_.Link("etc/rcS.d/S02dbus", "../init.d/dbus");
  tree_.Write("usr/lib/systemd/system/a.service", "");
  auto got = Collect("services");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_TRUE(runs_.empty()) << "it was not booted with systemd";
  EXPECT_EQ(got.members[kMember],
            R"({"manager":"sysv","unit":"cron","path":"/etc/init.d/cron","runlevels":["2","5"]})"
            "\n"
            R"({"manager":"sysv","unit":"dbus","path":"/etc/init.d/dbus","runlevels":["S"]})"
            "\n");
}

TEST_F(ServicesKind, ListsUnitFilesOfAnotherRoot) {
  tree_.Write("usr/lib/systemd/system/a.service", "");
  tree_.Write("usr/lib/systemd/system/b.service", "");
  tree_.Write("usr/lib/systemd/system/a.timer", "");
  tree_.Write("etc/systemd/system/a.service", "");
  tree_.Link("etc/systemd/system/b.service", "/dev/null");
  tree_.Link("etc/systemd/system/dbus.service", "/lib/systemd/system/other.service");
  tree_.Link("etc/systemd/system/multi-user.target.wants/a.service", "../a.service");
  tree_.Link("etc/systemd/system/x.target.requires/a.service", "../a.service");
  auto got = Collect("services");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_EQ(got.members[kMember],
            R"({"manager":"systemd","unit":"a.service","path":"/etc/systemd/system/a.service",)"
            R"("wanted_by":["multi-user.target","x.target"]})"
            "\n"
            R"({"manager":"systemd","unit":"b.service","path":"/etc/systemd/system/b.service",)"
            R"("enabled":"masked"})"
            "\n"
            R"({"manager":"systemd","unit":"dbus.service",)"
            R"("path":"/etc/systemd/system/dbus.service",)"
            R"("link":"/lib/systemd/system/other.service"})"
            "\n");
  EXPECT_EQ(Collect("services", {{"units", List({"b*"})}}).members[kMember].find("a.service"),
            std::string::npos);
}

TEST_F(ServicesKind, SaysThatThereIsNone) {
  EXPECT_EQ(Collect("services").row.outcome, Outcome::kMissing);
  Plan("services");
  EXPECT_EQ(plan_status_.code(), base::Code::kMissing);
}

TEST_F(ServicesKind, TimesOut) {
  Systemd("");
  scripts_["systemctl show"].exit.how = os::Exit::How::kTimedOut;
  deadline_ = base::Deadline::After(base::Duration::zero());
  EXPECT_EQ(Collect("services").row.outcome, Outcome::kTimedOut);
}

TEST_F(ServicesKind, ForeseesWithoutRunning) {
  Systemd("Id=a.service\n");
  kinds::Preview preview = Plan("services");
  ASSERT_EQ(preview.steps.size(), 2U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kRun);
  EXPECT_NE(preview.steps[0].what.find("-- '*.service'"), std::string::npos);
  EXPECT_TRUE(runs_.empty());

  running_ = false;
  tree_.Folder("etc/init.d");
  preview = Plan("services");
  ASSERT_EQ(preview.steps.size(), 1U);
  EXPECT_EQ(preview.steps[0].act, kinds::Preview::Act::kList);
  EXPECT_EQ(preview.steps[0].what, "/etc/init.d");
}

TEST_F(ServicesKind, TellsOfThisMachine) {
  root_ = "/";
  const auto got = Collect("services");
  EXPECT_TRUE(got.status.ok() || got.row.outcome == Outcome::kMissing) << got.status.message().key;
}

}  // namespace
}  // namespace casepack
