#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <utility>

#include "collector/os/output.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

size_t NamesIn(const std::string& folder) {
  const std::filesystem::directory_iterator all(folder);
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

Code CodeOf(const std::string& path) {
  const auto file = AtomicFile::Create(path);
  return file ? Code::kOk : file.error().code();
}

TEST(AtomicFile, IsThereWholeOrNotAtAll) {
  const tests::TempTree tree;
  {
    auto file = AtomicFile::Create(tree.Path("bundle"));
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->Write("one ").ok());
    EXPECT_FALSE(std::filesystem::exists(tree.Path("bundle")));
    AtomicFile moved = std::move(*file);
    ASSERT_TRUE(moved.Write("two").ok());
    ASSERT_TRUE(moved.Commit().ok());
    EXPECT_FALSE(moved.Commit().ok()) << "there is nothing left to commit";
  }
  EXPECT_EQ(tree.Read("bundle"), "one two");
  EXPECT_EQ(NamesIn(tree.root()), 1U);
  { ASSERT_TRUE(AtomicFile::Create(tree.Path("dropped"))->Write("x").ok()); }
  EXPECT_EQ(NamesIn(tree.root()), 1U);
}

TEST(AtomicFile, IsPrivate) {
  const tests::TempTree tree;
  for (const mode_t mask : {0000U, 0022U, 0777U}) {
    const std::string path = tree.Path(std::to_string(mask));
    const mode_t before = umask(mask);
    auto file = AtomicFile::Create(path);
    umask(before);
    ASSERT_TRUE(file && file->Commit().ok());
    struct stat info {};
    ASSERT_EQ(stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0600U) << std::oct << mask;
  }
}

TEST(AtomicFile, SaysBeforehandWhatWillNotDo) {
  const tests::TempTree tree;
  tree.Write("file", "");
  tree.Folder("folder");
  tree.Link("dangling", "none");
  EXPECT_EQ(CodeOf(tree.Path("file")), Code::kExists);
  EXPECT_EQ(CodeOf(tree.Path("folder")), Code::kExists);
  EXPECT_EQ(CodeOf(tree.Path("dangling")), Code::kExists);
  EXPECT_EQ(CodeOf(tree.Path("none/bundle")), Code::kMissing);
  EXPECT_EQ(CodeOf(tree.Path("file/bundle")), Code::kMissing);
  EXPECT_EQ(CodeOf(tree.Path("folder/")), Code::kFailed);
  EXPECT_EQ(CodeOf(tree.Path("good")), Code::kOk);
}

TEST(AtomicFile, NeverOverwrites) {
  const tests::TempTree tree;
  auto file = AtomicFile::Create(tree.Path("bundle"));
  ASSERT_TRUE(file && file->Write("ours").ok());
  tree.Write("bundle", "theirs");
  EXPECT_EQ(file->Commit().code(), Code::kExists);
  EXPECT_EQ(tree.Read("bundle"), "theirs");
}

// Another run was faster, before or while this one gathered.
TEST(AtomicFile, TakesAnotherNameWhereItMay) {
  const tests::TempTree tree;
  tree.Write("a", "mine");
  tree.Link("b", "none");
  auto file = AtomicFile::Create(tree.Path("a"), {"b", "c", "d", "e"});
  ASSERT_TRUE(file && file->Write("new").ok());
  EXPECT_EQ(file->path(), tree.Path("c"));
  tree.Write("c", "a later one");
  tree.Folder("d");
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_EQ(file->path(), tree.Path("e"));
  EXPECT_EQ(tree.Read("a") + tree.Read("c") + tree.Read("e"), "minea later onenew");
  EXPECT_EQ(NamesIn(tree.root()), 5U);
  const auto none = AtomicFile::Create(tree.Path("a"), {"b", "c"});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code(), Code::kExists);
}

TEST(AtomicFile, DoesNotGoToAFolderPutInItsPlace) {
  const tests::TempTree tree;
  tree.Folder("target");
  tree.Folder("trap");
  auto file = AtomicFile::Create(tree.Path("target/bundle"));
  ASSERT_TRUE(file);
  std::filesystem::rename(tree.Path("target"), tree.Path("moved"));
  tree.Link("target", "trap");
  ASSERT_TRUE(file->Commit().ok());
  EXPECT_TRUE(std::filesystem::exists(tree.Path("moved/bundle")));
  EXPECT_EQ(NamesIn(tree.Path("trap")), 0U);
}

// Runs the body in a child without /proc, where a file must have a name from the start.
// 0, or what the body returned.
int WithoutProc(const std::string& root, int (*body)()) {
  const pid_t pid = fork();
  if (pid == 0) {
    if (chroot(root.c_str()) != 0 || chdir("/") != 0) _exit(77);
    _exit(body());
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(AtomicFile, HasAPartialNameWhereItNeedsOne) {
  const tests::TempTree tree;
  const int result = WithoutProc(tree.root(), [] {
    auto file = AtomicFile::Create("/bundle");
    if (!file || !file->Write("whole").ok()) return 1;
    struct stat info {};
    if (stat("/bundle.partial", &info) != 0 || (info.st_mode & 07777U) != 0600U) return 2;
    if (stat("/bundle", &info) == 0) return 3;
    if (CodeOf("/bundle") != Code::kExists) return 4;  // another run is at it
    auto second = AtomicFile::Create("/bundle", {"second", "third"});
    if (!second || !second->Write("more").ok() || second->path() != "/second") return 8;
    std::filesystem::create_directory("/second");
    if (!second->Commit().ok() || second->path() != "/third") return 9;
    if (!file->Commit().ok()) return 5;
    { auto dropped = AtomicFile::Create("/dropped"); }
    auto raced = AtomicFile::Create("/raced");
    std::filesystem::create_directory("/raced");
    if (raced->Commit().code() != Code::kExists) return 6;
    // Somebody exchanges the file before it gets its name: not ours any more.
    auto swapped = AtomicFile::Create("/swapped");
    std::filesystem::remove("/swapped.partial");
    std::filesystem::create_directory("/swapped.partial");
    if (swapped->Commit().ok()) return 7;
    return 0;
  });
  if (result == 77) GTEST_SKIP() << "no chroot here";
  EXPECT_EQ(result, 0);
  EXPECT_EQ(tree.Read("bundle"), "whole");
  EXPECT_EQ(tree.Read("third"), "more");
  EXPECT_FALSE(std::filesystem::exists(tree.Path("bundle.partial")));
  EXPECT_FALSE(std::filesystem::exists(tree.Path("second.partial")));
  EXPECT_FALSE(std::filesystem::exists(tree.Path("dropped.partial")));
  EXPECT_FALSE(std::filesystem::exists(tree.Path("swapped")));
}

TEST(AtomicFile, KeepsItsFirstFailure) {
  const tests::TempTree tree;
  const pid_t pid = fork();
  if (pid == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
    auto file = AtomicFile::Create(tree.Path("bundle"));
    if (!file || !file->Write(std::string(900, 'x')).ok()) _exit(1);
    if (file->Write(std::string(900, 'x')).code() != Code::kNoSpace) _exit(2);
    if (file->Write("").code() != Code::kNoSpace) _exit(3);
    if (file->Commit().message().key != "os.output.too_large") _exit(4);
    _exit(0);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(NamesIn(tree.root()), 0U);
}

TEST(AtomicFile, AFullDiskLeavesNothing) {
  const tests::TempTree tree;
  const std::string disk = tree.Folder("disk");
  if (mount("none", disk.c_str(), "tmpfs", 0, "size=64k") != 0) GTEST_SKIP() << "no mount here";
  {
    auto file = AtomicFile::Create(disk + "/bundle");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->Write(std::string(1U << 20U, 'x')).code(), Code::kNoSpace);
    EXPECT_EQ(file->Commit().message().key, "os.output.no_space");
  }
  EXPECT_EQ(NamesIn(disk), 0U);
  umount(disk.c_str());
}

}  // namespace
}  // namespace casepack::os
