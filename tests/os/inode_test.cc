#include "collector/os/inode.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

class InodeTest : public ::testing::Test {
 protected:
  FileInfo Info(const std::string& name) {
    Handle place;
    FileInfo info;
    EXPECT_EQ(OpenPlace(folder_.get(), name, &place), 0) << name;
    EXPECT_EQ(InfoOf(place.get(), &info), 0) << name;
    return info;
  }

  tests::TempTree tree_;
  Handle folder_{open(tree_.root().c_str(), O_PATH | O_CLOEXEC)};
};

TEST_F(InodeTest, KnowsEachType) {
  tree_.Write("file", "12345");
  tree_.Folder("folder");
  tree_.Link("link", "nowhere");
  ASSERT_EQ(mkfifo(tree_.Path("fifo").c_str(), 0600), 0);
  EXPECT_EQ(Info("file").type, FileType::kRegular);
  EXPECT_EQ(Info("file").size, 5U);
  EXPECT_EQ(Info("folder").type, FileType::kDirectory);
  EXPECT_EQ(Info("link").type, FileType::kSymlink);
  EXPECT_EQ(Info("fifo").type, FileType::kFifo);
}

TEST_F(InodeTest, KeepsTimesThatATimestampCannotHold) {
  tree_.Write("file", "");
  const struct {
    int64_t seconds;
    base::Timestamp expected;
  } kCases[] = {
      {1'000'000'000, base::Timestamp(std::chrono::seconds(1'000'000'000))},
      {9'999'999'999, std::chrono::floor<std::chrono::seconds>(base::Timestamp::max())},
  };
  for (const auto& c : kCases) {
    const timespec times[] = {{0, UTIME_OMIT}, {static_cast<time_t>(c.seconds), 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, tree_.Path("file").c_str(), times, 0), 0);
    EXPECT_EQ(Info("file").modified, c.expected) << c.seconds;
  }
}

TEST_F(InodeTest, OpensWithoutFollowing) {
  tree_.Write("file", "");
  tree_.Folder("folder");
  tree_.Link("to_file", "file");
  tree_.Link("to_folder", "folder");
  Handle handle;
  EXPECT_EQ(OpenToRead(folder_.get(), "file", &handle), 0);
  EXPECT_EQ(OpenToRead(folder_.get(), "to_file", &handle), ELOOP);
  EXPECT_EQ(OpenToList(folder_.get(), "folder", &handle), 0);
  EXPECT_NE(OpenToList(folder_.get(), "to_folder", &handle), 0);
  EXPECT_NE(OpenToList(folder_.get(), "file", &handle), 0);
}

TEST_F(InodeTest, AFifoDoesNotHang) {
  ASSERT_EQ(mkfifo(tree_.Path("fifo").c_str(), 0600), 0);
  Handle handle;
  EXPECT_EQ(OpenToRead(folder_.get(), "fifo", &handle), 0);
}

TEST_F(InodeTest, ReadsALink) {
  tree_.Link("link", "../some/where");
  Handle place;
  ASSERT_EQ(OpenPlace(folder_.get(), "link", &place), 0);
  std::string text;
  EXPECT_EQ(LinkText(place.get(), &text), 0);
  EXPECT_EQ(text, "../some/where");
}

TEST(OnlyWrittenBy, JudgesOwnerAndRights) {
  const struct {
    uint32_t owner;
    uint32_t group;
    uint32_t mode;
    uint32_t user;
    bool expected;
  } kCases[] = {
      {0, 0, 0755, 0, true},           {0, 0, 0775, 0, true},    {0, 5, 0775, 0, false},
      {0, 0, 0757, 0, false},          {0, 0, 01777, 0, false},  {1000, 0, 0755, 0, false},
      {1000, 1000, 0755, 1000, true},  {0, 0, 0755, 1000, true}, {1001, 0, 0755, 1000, false},
      {1000, 1000, 0775, 1000, false},
  };
  for (const auto& c : kCases) {
    FileInfo info;
    info.owner = c.owner;
    info.group = c.group;
    info.mode = c.mode;
    EXPECT_EQ(OnlyWrittenBy(info, c.user), c.expected)
        << c.owner << ":" << c.group << " " << std::oct << c.mode << " for " << c.user;
  }
}

}  // namespace
}  // namespace casepack::os
