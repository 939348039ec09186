#include "collector/os/host.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <string>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

class HostTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::unique_ptr<Host> Make() const {
    auto host = OpenHost({tree_.root(), NetworkMounts::kLeaveAlone});
    EXPECT_TRUE(host);
    return host ? std::move(*host) : nullptr;
  }

  // The key of the failure, or "open".
  [[nodiscard]] std::string Open(const std::string& path, Links links = Links::kTrusted) const {
    const auto file = Make()->Open(path, links);
    return file ? "open" : file.error().message().key;
  }

  tests::TempTree tree_;
};

TEST_F(HostTest, OpensRegularFilesOnly) {
  tree_.Write("file", "x");
  tree_.Folder("folder");
  tree_.Link("link", "file");
  tree_.Link("dangling", "none");
  ASSERT_EQ(mkfifo(tree_.Path("fifo").c_str(), 0600), 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  tree_.Path("socket").copy(address.sun_path, sizeof address.sun_path - 1);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  tree_.Link("to_fifo", "fifo");
  const struct {
    const char* path;
    const char* key;
  } kCases[] = {
      {"/file", "open"},
      {"/link", "open"},
      {"/folder", "os.open.folder"},
      {"/", "os.open.folder"},
      {"/fifo", "os.open.fifo"},
      {"/to_fifo", "os.open.fifo"},
      {"/socket", "os.open.socket"},
      {"/none", "os.file.missing"},
      {"/dangling", "os.file.missing"},
      {"/file/x", "os.file.missing"},
      {"file", "os.path.relative"},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(Open(c.path), c.key) << c.path;
  EXPECT_EQ(Open("/link", Links::kNever), "os.open.link");
  close(listener);
}

TEST_F(HostTest, ADeviceIsNotOpened) {
  const std::string path = tree_.Path("device");
  // A device that nobody has: to open it would say ENXIO.
  if (mknod(path.c_str(), S_IFCHR | 0600, makedev(240, 77)) != 0) GTEST_SKIP() << "no mknod here";
  EXPECT_EQ(Open("/device"), "os.open.device");
}

TEST_F(HostTest, SaysWhatIsDenied) {
  tree_.Write("folder/file", "x");
  tree_.Write("closed/file", "x");
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  ASSERT_EQ(chmod(tree_.root().c_str(), 0755), 0);
  ASSERT_EQ(chmod(tree_.Path("folder/file").c_str(), 0600), 0);
  ASSERT_EQ(chmod(tree_.Path("folder").c_str(), 0711), 0);
  ASSERT_EQ(chmod(tree_.Path("closed").c_str(), 0700), 0);
  const auto host = Make();
  ASSERT_EQ(seteuid(65534), 0);
  const auto all = [](std::string_view) { return true; };
  EXPECT_EQ(host->Open("/folder/file", Links::kTrusted).error().code(), Code::kDenied);
  EXPECT_TRUE(host->Stat("/folder/file", Links::kTrusted)) << "the right to search is enough";
  EXPECT_EQ(host->List("/folder", Links::kTrusted, all).code(), Code::kDenied);
  EXPECT_EQ(host->Stat("/closed/file", Links::kTrusted).error().code(), Code::kDenied);
  ASSERT_EQ(seteuid(0), 0);
}

TEST_F(HostTest, ListsNames) {
  tree_.Write("folder/a", "");
  tree_.Write("folder/new\nline", "");
  tree_.Write("folder/\xff", "");
  tree_.Write("folder/.hidden", "");
  tree_.Link("link", "folder");
  const auto host = Make();
  std::multiset<std::string> names;
  const auto add = [&](std::string_view name) {
    names.emplace(name);
    return true;
  };
  EXPECT_TRUE(host->List("/folder", Links::kNever, add).ok());
  EXPECT_EQ(names, (std::multiset<std::string>{"a", "new\nline", "\xff", ".hidden"}));
  names.clear();
  EXPECT_TRUE(host->List("/link", Links::kTrusted, add).ok());
  EXPECT_EQ(names.size(), 4U);
  names.clear();
  EXPECT_TRUE(host->List("/", Links::kTrusted, add).ok());
  EXPECT_EQ(names, (std::multiset<std::string>{"folder", "link"}));
  EXPECT_EQ(host->List("/link", Links::kNever, add).code(), Code::kRefused);
  EXPECT_EQ(host->List("/folder/a", Links::kNever, add).message().key, "os.list.not_folder");
  EXPECT_EQ(host->List("/none", Links::kNever, add).code(), Code::kMissing);
}

TEST_F(HostTest, ListEndsWhenToldSo) {
  for (const char* name : {"a", "b", "c"})
    tree_.Write(name, "");
  int count = 0;
  EXPECT_TRUE(Make()->List("/", Links::kNever, [&](std::string_view) { return ++count < 2; }).ok());
  EXPECT_EQ(count, 2);
}

TEST_F(HostTest, ReadsLinksAsTheyAre) {
  tree_.Link("link", "../../else/where");
  tree_.Write("file", "");
  const auto host = Make();
  EXPECT_EQ(*host->ReadLink("/link"), "../../else/where");
  EXPECT_EQ(host->ReadLink("/file").error().message().key, "os.link.none");
  EXPECT_EQ(host->ReadLink("/none").error().code(), Code::kMissing);
}

TEST_F(HostTest, AnotherRootRunsNothing) {
  tree_.Write("etc/hostname", "image-host\n");
  const auto host = Make();
  const HostIdentity identity = host->Identity();
  EXPECT_EQ(identity.name, "image-host");
  EXPECT_EQ(identity.kernel, "");
  EXPECT_EQ(identity.platform, "linux");
  EXPECT_FALSE(identity.is_running);
  EXPECT_EQ(host->FindProgram("sh").error().code(), Code::kUnsupported);
  Command command;
  command.argv = {"/bin/sh"};
  const auto ran =
      host->Run(command, {}, [](OutputStream, std::string_view) { return Wants::kMore; });
  EXPECT_EQ(ran.error().code(), Code::kUnsupported);
}

TEST_F(HostTest, WhatIsNoRoot) {
  const auto open = [](const std::string& root) {
    const auto host = OpenHost({root, NetworkMounts::kLeaveAlone});
    return host ? Code::kOk : host.error().code();
  };
  EXPECT_EQ(open(tree_.Path("none")), Code::kMissing);
  EXPECT_EQ(open(tree_.Write("file", "")), Code::kMissing);
  EXPECT_NE(open(""), Code::kOk);
  EXPECT_EQ(open(tree_.Link("link", ".")), Code::kOk) << "whoever names it may use a link";
}

TEST_F(HostTest, MountsBelowAnotherRootCountToo) {
  const std::string point = tree_.Folder("net/share");
  // An automount point that nobody serves: whoever walks into it hangs.
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const std::string options = "fd=" + std::to_string(ends[1]) +
                              ",pgrp=" + std::to_string(getpgrp()) +
                              ",minproto=5,maxproto=5,direct";
  if (mount("test", point.c_str(), "autofs", 0, options.c_str()) != 0)
    GTEST_SKIP() << "no mount here";
  EXPECT_EQ(Open("/net/share/x"), "os.mount.left_alone");
  EXPECT_EQ(Make()->Stat("/net/share", Links::kNever).error().code(), Code::kRefused);
  const auto all = OpenHost({tree_.root(), NetworkMounts::kInclude});
  EXPECT_TRUE((*all)->Stat("/net/share", Links::kNever)) << "asked for";
  // The root that was named may lie on such a mount itself.
  EXPECT_TRUE(OpenHost({point, NetworkMounts::kLeaveAlone}));
  umount2(point.c_str(), MNT_DETACH);
  close(ends[0]);
  close(ends[1]);
}

TEST(RunningHost, IsThisMachine) {
  const auto opened = OpenHost({});
  ASSERT_TRUE(opened);
  const Host& host = **opened;
  const HostIdentity identity = host.Identity();
  EXPECT_TRUE(identity.is_running);
  EXPECT_FALSE(identity.kernel.empty());
  EXPECT_FALSE(identity.machine.empty());
  EXPECT_GE(identity.processors, 1U);
  EXPECT_EQ(identity.is_root, geteuid() == 0);
  EXPECT_GT(host.Now().time_since_epoch().count(), 0);
}

TEST(RunningHost, FollowsTheLinksOfTheSystem) {
  const auto host = OpenHost({});
  ASSERT_TRUE(host);
  for (const char* path : {"/proc/self/status", "/proc/net/dev", "/proc/mounts"}) {
    EXPECT_TRUE((*host)->Open(path, Links::kTrusted)) << path;
  }
  // What the system's own links of a process stand for is taken by its text.
  EXPECT_TRUE((*host)->ReadLink("/proc/self/exe"));
  EXPECT_FALSE((*host)->Stat("/proc/self/fd/0/x", Links::kTrusted));
}

TEST(RunningHost, FindsAndRunsAProgram) {
  const auto host = OpenHost({});
  ASSERT_TRUE(host);
  const auto program = (*host)->FindProgram("echo");
  ASSERT_TRUE(program) << program.error().message().key;
  Command command;
  command.argv = {*program, "hello"};
  std::string said;
  const auto exit = (*host)->Run(command, {}, [&](OutputStream, std::string_view bytes) {
    said += bytes;
    return Wants::kMore;
  });
  ASSERT_TRUE(exit);
  EXPECT_EQ(said, "hello\n");
}

TEST(RunningHost, WorksInAnEmptyRoot) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  const tests::TempTree tree;
  tree.Write("file", "x");
  const pid_t pid = fork();
  if (pid == 0) {
    if (chroot(tree.root().c_str()) != 0 || chdir("/") != 0) _exit(77);
    const auto host = OpenHost({});
    if (!host || !(*host)->Open("/file", Links::kTrusted)) _exit(1);
    if ((*host)->Open("/proc/self/status", Links::kTrusted)) _exit(2);
    if ((*host)->FindProgram("sh").error().code() != Code::kMissing) _exit(3);
    if (!(*host)->Identity().is_running) _exit(4);
    _exit(0);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "no chroot here";
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace casepack::os
