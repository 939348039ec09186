#include "collector/os/walk.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "collector/os/inode.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

constexpr uid_t kSomebody = 65534;

// Both ways: with the system's shortcut, and as on a kernel that has none.
class WalkTest : public ::testing::TestWithParam<Walker::Steps> {
 protected:
  [[nodiscard]] Walker Make(std::vector<LeftAlone> left_alone = {}) const {
    return {Handle(open(tree_.Path("root").c_str(), O_PATH | O_CLOEXEC)), std::move(left_alone),
            GetParam()};
  }

  // The content's size tells which file it was; the code else.
  [[nodiscard]] std::string Find(const std::string& path, Links links = Links::kTrusted,
                                 Walker::Trust trust = Walker::Trust::kLinks) const {
    const auto found = Make(left_alone_).Find(path, links, trust);
    if (!found) return found.error().message().key;
    FileInfo info;
    EXPECT_EQ(InfoOf(found->place.get(), &info), 0);
    EXPECT_TRUE(SameFile(info, found->info));
    if (info.type == FileType::kSymlink) return "link";
    if (info.type == FileType::kDirectory) return "folder";
    return std::to_string(info.size);
  }

  void SetUp() override {
    tree_.Write("secret", "outside");
    tree_.Write("root/a/b/one", "1");
    tree_.Write("root/secret", "22");
    tree_.Write("root/a/.hidden/x", "333");
  }

  tests::TempTree tree_;
  std::vector<LeftAlone> left_alone_;
};

INSTANTIATE_TEST_SUITE_P(Steps, WalkTest,
                         ::testing::Values(Walker::Steps::kShortcut, Walker::Steps::kByHand));

TEST_P(WalkTest, FindsNames) {
  tree_.Write("root/new\nline/\xff\xfe", "4444");
  const struct {
    const char* path;
    const char* found;
  } kCases[] = {
      {"/", "folder"},
      {"//", "folder"},
      {"/.", "folder"},
      {"/a/b/one", "1"},
      {"//a/./b//one", "1"},
      {"/a/b/one/", "1"},
      {"/a/.hidden/x", "3"},
      {"/new\nline/\xff\xfe", "4"},
      {"/a/..", "folder"},
      {"/a/../secret", "2"},
      {"/..", "folder"},
      {"/../secret", "2"},
      {"/a/../../../secret", "2"},
      {"/a/b/../../a/b/one", "1"},
      {"/none", "os.file.missing"},
      {"/a/none/x", "os.file.missing"},
      {"/secret/x", "os.file.missing"},
      {"/secret/..", "os.file.missing"},
      {"/none/../secret", "os.file.missing"},
      {"", "os.path.relative"},
      {"a/b", "os.path.relative"},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(Find(c.path), c.found) << c.path;
  EXPECT_EQ(Find(std::string("/a\0b", 4)), "os.path.relative");
}

TEST_P(WalkTest, LinksDoNotLeadOut) {
  const struct {
    const char* target;
    const char* found;
  } kCases[] = {
      {"/secret", "2"},        {"../secret", "2"},
      {"../../secret", "2"},   {"../../../../../../secret", "2"},
      {"b/../../secret", "2"}, {"b/one", "1"},
      {"/a/b", "folder"},      {"/", "folder"},
      {"..", "folder"},        {"none", "os.file.missing"},
  };
  for (const auto& c : kCases) {
    std::filesystem::remove(tree_.Path("root/a/link"));
    tree_.Link("root/a/link", c.target);
    EXPECT_EQ(Find("/a/link"), c.found) << c.target;
    EXPECT_EQ(Find("/a/link", Links::kNever), "link") << c.target;
  }
}

TEST_P(WalkTest, FollowsThroughFolders) {
  tree_.Link("root/x", "a/b");
  tree_.Link("root/y", "/x/..");
  EXPECT_EQ(Find("/x/one"), "1");
  EXPECT_EQ(Find("/x/one", Links::kNever), "1") << "the links on the way are followed";
  EXPECT_EQ(Find("/y/b/one"), "1") << "up from where the link led, not from where it stands";
}

TEST_P(WalkTest, LoopsEnd) {
  tree_.Link("root/self", "self");
  tree_.Link("root/ping", "/pong/x");
  tree_.Link("root/pong", "/ping/x");
  std::string up = "d";
  for (int i = 0; i < 600; ++i)
    up += "/../d";
  tree_.Folder("root/d");
  tree_.Link("root/long", up);
  for (int i = 0; i < 50; ++i) {
    tree_.Link("root/chain" + std::to_string(i), "chain" + std::to_string(i + 1));
  }
  tree_.Write("root/chain50", "1");
  EXPECT_EQ(Find("/self"), "os.link.loop");
  EXPECT_EQ(Find("/ping"), "os.link.loop");
  EXPECT_EQ(Find("/long"), "folder");
  EXPECT_EQ(Find("/chain0"), "os.link.loop");
  EXPECT_EQ(Find("/chain15"), "1");
}

TEST_P(WalkTest, LongPaths) {
  EXPECT_EQ(Find("/" + std::string(5000, 'x')), "os.file.failed");
  EXPECT_EQ(Find("/" + std::string(300, 'x')), "os.file.failed");
}

TEST_P(WalkTest, OthersLinksAreNotFollowed) {
  tree_.Link("root/link", "/secret");
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  ASSERT_EQ(lchown(tree_.Path("root/link").c_str(), kSomebody, kSomebody), 0);
  EXPECT_EQ(Find("/link"), "os.link.untrusted");
  EXPECT_EQ(Find("/link", Links::kNever), "link");
  EXPECT_EQ(Find("/link/x", Links::kNever), "os.link.untrusted");
}

TEST_P(WalkTest, LinksInOthersFoldersAreNotFollowed) {
  const struct {
    mode_t mode;
    uid_t owner;
    gid_t group;
    const char* found;
  } kCases[] = {
      {0755, 0, 0, "2"},
      {0775, 0, 0, "2"},
      {0775, 0, kSomebody, "os.link.untrusted"},
      {0777, 0, 0, "os.link.untrusted"},
      {01777, 0, 0, "os.link.untrusted"},
      {0755, kSomebody, 0, "os.link.untrusted"},
  };
  tree_.Link("root/a/link", "/secret");
  const std::string folder = tree_.Path("root/a");
  for (const auto& c : kCases) {
    if (chown(folder.c_str(), c.owner, c.group) != 0) GTEST_SKIP() << "needs root";
    ASSERT_EQ(chmod(folder.c_str(), c.mode), 0);
    EXPECT_EQ(Find("/a/link"), c.found) << std::oct << c.mode << " " << c.owner;
  }
}

TEST_P(WalkTest, AnOrdinaryUserTrustsRootAndHimself) {
  const struct {
    uid_t link;
    uid_t folder;
    const char* found;
  } kCases[] = {
      {0, 0, "2"},
      {kSomebody, kSomebody, "2"},
      {0, kSomebody, "2"},
      {1000, 0, "os.link.untrusted"},
      {0, 1000, "os.link.untrusted"},
  };
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  tree_.Link("root/a/link", "/secret");
  for (const char* path : {"", "root", "root/a"}) {
    ASSERT_EQ(chmod(tree_.Path(path).c_str(), 0755), 0);
  }
  for (const auto& c : kCases) {
    ASSERT_EQ(lchown(tree_.Path("root/a/link").c_str(), c.link, 0), 0);
    ASSERT_EQ(chown(tree_.Path("root/a").c_str(), c.folder, 0), 0);
    ASSERT_EQ(seteuid(kSomebody), 0);
    const std::string found = Find("/a/link");
    ASSERT_EQ(seteuid(0), 0);
    EXPECT_EQ(found, c.found) << c.link << " in " << c.folder;
  }
}

TEST_P(WalkTest, MountsAreLeftAlone) {
  tree_.Write("root/a/bb/x", "1");
  tree_.Link("root/link", "a/../a/b/one");
  left_alone_ = {{"/a/b", "nfs4"}};
  EXPECT_EQ(Find("/a/b/one"), "os.mount.left_alone");
  EXPECT_EQ(Find("/a/b"), "os.mount.left_alone");
  EXPECT_EQ(Find("/a/x/../b"), "os.file.missing");
  EXPECT_EQ(Find("/a/../a/./b"), "os.mount.left_alone");
  EXPECT_EQ(Find("/link"), "os.mount.left_alone");
  EXPECT_EQ(Find("/link", Links::kNever), "link");
  EXPECT_EQ(Find("/a/bb/x"), "1");
  const auto found = Make(left_alone_).Find("/a/b/one", Links::kTrusted);
  EXPECT_EQ(found.error().code(), Code::kRefused);
}

TEST_P(WalkTest, TrustOfAllFolders) {
  // Not of the temporary folder itself: the walk begins at the root.
  const auto find = [&] { return Find("/a/b/one", Links::kTrusted, Walker::Trust::kAllFolders); };
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  for (const char* path : {"root", "root/a", "root/a/b"}) {
    ASSERT_EQ(chmod(tree_.Path(path).c_str(), 0755), 0);
  }
  ASSERT_EQ(chmod(tree_.Path("root/a/b/one").c_str(), 0755), 0);
  EXPECT_EQ(find(), "1");
  for (const char* path : {"root", "root/a", "root/a/b", "root/a/b/one"}) {
    ASSERT_EQ(chmod(tree_.Path(path).c_str(), 0757), 0);
    EXPECT_EQ(find(), "os.program.untrusted") << path;
    ASSERT_EQ(chmod(tree_.Path(path).c_str(), 0755), 0);
    ASSERT_EQ(chown(tree_.Path(path).c_str(), kSomebody, 0), 0);
    EXPECT_EQ(find(), "os.program.untrusted") << path;
    ASSERT_EQ(chown(tree_.Path(path).c_str(), 0, 0), 0);
  }
  EXPECT_EQ(find(), "1");
}

}  // namespace
}  // namespace casepack::os
