#include "collector/os/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

constexpr size_t kHole = 1U << 20U;

class FileTest : public ::testing::Test {
 protected:
  File Open(const std::string& path) {
    FileInfo info;
    info.size = std::filesystem::file_size(path);
    return {open(path.c_str(), O_RDONLY | O_CLOEXEC), info};
  }

  tests::TempTree tree_;
};

TEST_F(FileTest, ReadsSeeksAndEnds) {
  File file = Open(tree_.Write("file", "0123456789"));
  char buffer[4];
  ASSERT_TRUE(file.Seek(8).ok());
  EXPECT_EQ(*file.Read(buffer), 2U);
  EXPECT_EQ(std::string(buffer, 2), "89");
  EXPECT_EQ(*file.Read(buffer), 0U);
}

TEST_F(FileTest, AFolderCannotBeRead) {
  File file(open(tree_.root().c_str(), O_RDONLY | O_CLOEXEC), {});
  char buffer[4];
  EXPECT_EQ(file.Read(buffer).error().message().key, "os.file.failed");
}

TEST_F(FileTest, ClosesOnce) {
  File a = Open(tree_.Write("a", "a"));
  File b = Open(tree_.Write("b", "b"));
  a = std::move(b);
  const File c = std::move(a);
  char buffer[4];
  EXPECT_FALSE(a.Read(buffer));  // NOLINT(bugprone-use-after-move): closed, and says so
  EXPECT_EQ(c.info().size, 1U);
}

TEST_F(FileTest, SkipsHoles) {
  const std::string path = tree_.Write("sparse", "start");
  {
    const int handle = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_EQ(pwrite(handle, "end", 3, kHole), 3);
    ASSERT_EQ(ftruncate(handle, 2 * kHole), 0);
    close(handle);
  }
  File file = Open(path);
  ASSERT_TRUE(file.Seek(3).ok());
  EXPECT_EQ(file.NextData(0), 0U);
  const uint64_t data = file.NextData(64U << 10U);
  if (data == 64U << 10U) GTEST_SKIP() << "this file system has no holes";
  EXPECT_EQ(data, kHole);
  EXPECT_EQ(file.NextData(kHole + (64U << 10U)), 2 * kHole) << "nothing but a hole to the end";
  EXPECT_EQ(file.NextData(3 * kHole), 3 * kHole);
  char buffer[2];
  EXPECT_EQ(*file.Read(buffer), 2U);
  EXPECT_EQ(std::string(buffer, 2), "rt") << "where it was before";
}

TEST_F(FileTest, WithoutHolesEveryPlaceIsData) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const File file(ends[0], {});
  close(ends[1]);
  EXPECT_EQ(file.NextData(7), 7U);
}

}  // namespace
}  // namespace casepack::os
