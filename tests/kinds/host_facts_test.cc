#include <string>
#include <utility>

#include "collector/base/json.h"
#include "tests/kinds/kind_fixture.h"

namespace casepack {
namespace {

using bundle::Outcome;

struct HostFactsKind : tests::KindTest {
  // What stands at "section/name" of the document, as JSON; "" if there is nothing.
  static std::string At(const tests::Collected& got, std::string_view section,
                        std::string_view name = {}) {
    const auto text = got.members.find("host_facts.json");
    if (text == got.members.end()) return {};
    auto document = base::ParseJson(text->second);
    EXPECT_TRUE(document) << text->second;
    if (!document) return {};
    const base::Json* found = document->Find(section);
    if (found != nullptr && !name.empty()) found = found->Find(name);
    return found == nullptr ? std::string() : WriteJson(*found, base::JsonStyle::kOneLine);
  }
};

TEST_F(HostFactsKind, TellsOfThisMachine) {
  root_ = "/";
  auto got = Collect("host_facts");
  EXPECT_TRUE(got.status.ok()) << got.status.message().key;
  EXPECT_EQ(At(got, "system", "running"), "true");
  EXPECT_EQ(At(got, "system", "platform"), "\"linux\"");
  EXPECT_NE(At(got, "system", "kernel"), "");
  EXPECT_NE(At(got, "cpu", "logical"), "");
  EXPECT_NE(At(got, "memory", "total"), "");
  EXPECT_NE(At(got, "clock", "booted"), "");
  EXPECT_NE(At(got, "mounts"), "");
  EXPECT_GT(got.row.bytes_read, 0U);
}

TEST_F(HostFactsKind, ReadsValues) {
  tree_.Write("etc/os-release",
              "# comment\nNAME=\"Debian GNU/Linux\"\nID=debian\nVERSION_ID='12'\nNAME=again\n");
  tree_.Write("proc/version", "Linux version 6.1.0\n");
  tree_.Write("proc/cpuinfo",
              "processor\t: 0\nmodel name\t: Some CPU @ 2GHz\nphysical id\t: 0\n"
              "flags\t\t: fpu hypervisor lm\n\n"
              "processor\t: 1\nmodel name\t: Some CPU @ 2GHz\nphysical id\t: 0\n");
  tree_.Write("proc/meminfo", "MemTotal:       1000 kB\nHugePages_Total:       3\n");
  tree_.Write("proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 100 10 -2\n");
  tree_.Write("proc/loadavg", "0.10 0.20 0.30 2/345 6789\n");
  tree_.Write("proc/uptime", "1234.56 99.0\n");
  tree_.Write("proc/stat", "cpu 1 2\nbtime 1700000000\n");
  tree_.Write("etc/adjtime", "0.0 0 0.0\n0\nLOCAL\n");
  tree_.Link("etc/localtime", "../usr/share/zoneinfo/Asia/Tokyo");
  tree_.Write("etc/locale.conf", "LANG=ja_JP.UTF-8\n");
  tree_.Write("sys/class/dmi/id/sys_vendor", "VMware, Inc.\n");
  tree_.Write("sys/class/dmi/id/product_version", "1\n");
  tree_.Write("sys/class/dmi/id/product_serial", "VMware-42 1d ee\n");
  tree_.Write("sys/fs/selinux/enforce", "1");
  tree_.Write("etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=targeted\n");
  tree_.Write("sys/kernel/security/apparmor/profiles", "a (enforce)\nb (complain)\n");
  tree_.Write("sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", "x");
  tree_.Write("proc/sys/kernel/pid_max", "4194304\n");
  tree_.Write("run/systemd/timesync/synchronized", "");
  const auto got = Collect("host_facts");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);

  struct Case {
    const char* section;
    const char* name;
    const char* value;
  };
  constexpr Case kCases[] = {
      {"os_release", "NAME", "\"Debian GNU/Linux\""},
      {"os_release", "VERSION_ID", "\"12\""},
      {"kernel", "version", "\"Linux version 6.1.0\""},
      {"cpu", "logical", "2"},
      {"cpu", "sockets", "1"},
      {"cpu", "model", "\"Some CPU @ 2GHz\""},
      {"memory", "total", "1024000"},
      {"memory", "huge_pages", "3"},
      {"load", "average", "\"0.10 0.20 0.30\""},
      {"clock", "uptime_seconds", "1234"},
      {"clock", "booted", "\"2023-11-14T22:13:20Z\""},
      {"clock", "time_zone", "\"Asia/Tokyo\""},
      {"clock", "hardware_clock", "\"LOCAL\""},
      {"locale", "LANG", "\"ja_JP.UTF-8\""},
      {"dmi", "sys_vendor", "\"VMware, Inc.\""},
      {"dmi", "product_version", "\"1\""},
      {"virtualization", "hypervisor", "\"vmware\""},
      {"virtualization", "hypervisor_flag", "true"},
      {"virtualization", "container", ""},
      {"security", "selinux_enforcing", "1"},
      {"security", "config_SELINUX", "\"enforcing\""},
      {"security", "apparmor_profiles", "2"},
      {"firmware", "efi", "true"},
      {"firmware", "secure_boot_variable", "true"},
      {"limits", "pids", "4194304"},
      {"system", "running", "false"},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(At(got, one.section, one.name), one.value) << one.section << "/" << one.name;
  }
  EXPECT_EQ(At(got, "swap"),
            R"([{"name":"/dev/sda2","type":"partition","size":102400,"used":10240}])");
  EXPECT_NE(At(got, "time_sync").find("\"of\":\"systemd-timesyncd\""), std::string::npos);
  EXPECT_EQ(got.members.at("host_facts.json").find("VMware-42"), std::string::npos);
}

TEST_F(HostFactsKind, NamesTheContainer) {
  struct Case {
    const char* path;
    const char* text;
    const char* name;
  };
  constexpr Case kCases[] = {{".dockerenv", "", "\"docker\""},
                             {"run/.containerenv", "", "\"podman\""},
                             {"run/systemd/container", "lxc\n", "\"lxc\""},
                             {"proc/1/cgroup", "0::/kubepods/pod1\n", "\"kubepods\""}};
  for (const Case& one : kCases) {
    const tests::TempTree tree;
    tree.Write(one.path, one.text);
    root_ = tree.root();
    EXPECT_EQ(At(Collect("host_facts"), "virtualization", "container"), one.name) << one.path;
  }
}

TEST_F(HostFactsKind, ListsDisksAndMounts) {
  tree_.Write("sys/block/sda/size", "2048\n");
  tree_.Write("sys/block/sda/queue/rotational", "0\n");
  tree_.Write("sys/block/sda/device/model", "Disk 1\n");
  tree_.Write("sys/block/sda/device/serial", "S3R1AL\n");
  tree_.Write("sys/block/loop0/size", "8\n");
  tree_.Write("proc/self/mountinfo",
              "1 0 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
              "2 1 0:50 / /mnt/a\\040b rw - nfs4 server:/x rw\n");
  const auto got = Collect("host_facts");
  EXPECT_EQ(At(got, "disks"), R"([{"name":"sda","size":1048576,"rotational":0,"model":"Disk 1"}])");
  const std::string mounts = At(got, "mounts");
  EXPECT_NE(mounts.find(R"("point":"/mnt/a b","type":"nfs4")"), std::string::npos) << mounts;
  EXPECT_NE(mounts.find(R"("network":true)"), std::string::npos) << mounts;
  EXPECT_EQ(mounts.find(R"("network":true)"), mounts.rfind(R"("network":true)")) << mounts;
}

TEST_F(HostFactsKind, BoundsTheMounts) {
  std::string text;
  for (int i = 0; i < 2500; ++i) {
    text += "1 0 8:1 / /m" + std::to_string(i) + " rw - tmpfs tmpfs rw\n";
  }
  tree_.Write("proc/self/mountinfo", text);
  const auto got = Collect("host_facts");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  EXPECT_EQ(got.Notes("kinds.host_facts.mounts").size(), 1U);
  EXPECT_NE(got.members.at("host_facts.json").find("\"/m1999\""), std::string::npos);
  EXPECT_EQ(got.members.at("host_facts.json").find("\"/m2000\""), std::string::npos);
}

TEST_F(HostFactsKind, AnEmptyRootIsNoFailure) {
  const auto got = Collect("host_facts");
  EXPECT_EQ(got.row.outcome, Outcome::kOk);
  EXPECT_TRUE(got.row.notes.empty());
  EXPECT_NE(At(got, "system"), "");
  EXPECT_EQ(At(got, "cpu"), "");
  EXPECT_EQ(At(got, "firmware"), "");
}

TEST_F(HostFactsKind, SaysWhatItMayNotRead) {
  tree_.Write("proc/version", "Linux\n");
  ASSERT_EQ(chmod(tree_.Path("proc/version").c_str(), 0), 0);
  as_nobody_ = true;
  const auto got = Collect("host_facts");
  EXPECT_EQ(got.row.outcome, Outcome::kPartial);
  ASSERT_EQ(got.row.notes.size(), 1U);
  EXPECT_EQ(got.row.notes[0].subject, "/proc/version");
}

TEST_F(HostFactsKind, HidesSecretsOfTheCommandLine) {
  tree_.Write("proc/cmdline", "ro quiet rd.password=hunter2hunter2 root=/dev/sda1\n");
  const auto got = Collect("host_facts");
  const std::string line = At(got, "kernel", "command_line");
  EXPECT_EQ(line.find("hunter2"), std::string::npos) << line;
  EXPECT_NE(line.find("ro quiet"), std::string::npos) << line;
}

TEST_F(HostFactsKind, KeepsWhatItHasWhenTimeIsUp) {
  deadline_ = base::Deadline::After(base::Duration::zero());
  const auto got = Collect("host_facts");
  EXPECT_EQ(got.row.outcome, Outcome::kTimedOut);
  EXPECT_TRUE(got.Member("host_facts.json")->cut_tail);
}

TEST_F(HostFactsKind, ForeseesWhatItReads) {
  tree_.Write("etc/os-release", "ID=x\n");
  tree_.Write("proc/meminfo", "");
  const kinds::Preview preview = Plan("host_facts");
  EXPECT_TRUE(plan_status_.ok());
  std::vector<std::string> read;
  for (const kinds::Preview::Step& step : preview.steps) {
    if (step.act == kinds::Preview::Act::kRead) read.push_back(step.what);
  }
  EXPECT_EQ(read, (std::vector<std::string>{"/etc/os-release", "/proc/meminfo"}));
  EXPECT_GT(preview.bytes, 0U);
}

}  // namespace
}  // namespace casepack
