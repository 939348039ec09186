#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "collector/os/output.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

TEST(TempFile, HasNoName) {
  const tests::TempTree tree;
  auto file = TempFile::Create(tree.root());
  ASSERT_TRUE(file);
  EXPECT_TRUE(std::filesystem::is_empty(tree.root()));
  EXPECT_EQ(TempFile::Create(tree.Path("none")).error().code(), Code::kMissing);
}

TEST(TempFile, TellsWhereTheBytesStand) {
  const tests::TempTree tree;
  auto made = TempFile::Create(tree.root());
  ASSERT_TRUE(made);
  EXPECT_EQ(*made->Append("one"), 0U);
  TempFile file = std::move(*made);
  EXPECT_EQ(*file.Append("two"), 3U);
  EXPECT_EQ(file.size(), 6U);
  std::string text(4, ' ');
  ASSERT_TRUE(file.ReadAt(2, text).ok());
  EXPECT_EQ(text, "etwo");
  EXPECT_FALSE(file.ReadAt(4, text).ok()) << "behind the end";
}

TEST(TempFile, ManyThreadsAtOnce) {
  const tests::TempTree tree;
  auto file = TempFile::Create(tree.root());
  ASSERT_TRUE(file);
  {
    std::vector<std::jthread> threads;
    for (char c = 'a'; c < 'i'; ++c) {
      threads.emplace_back([&file, c] {
        for (size_t length = 1; length < 200; ++length) {
          const std::string sent(length, c);
          const auto offset = file->Append(sent);
          ASSERT_TRUE(offset);
          std::string got(length, ' ');
          ASSERT_TRUE(file->ReadAt(*offset, got).ok());
          EXPECT_EQ(got, sent);
        }
      });
    }
  }
  EXPECT_EQ(file->size(), 8U * 199 * 200 / 2);
}

TEST(TempFile, ReleasesSpace) {
  const tests::TempTree tree;
  auto file = TempFile::Create(tree.root());
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->Append(std::string(1U << 20U, 'x')));
  file->Release(0, 1U << 19U);
  std::string text(1, ' ');
  ASSERT_TRUE(file->ReadAt((1U << 20U) - 1, text).ok());
  EXPECT_EQ(text, "x");
  EXPECT_EQ(file->size(), 1U << 20U);
  ASSERT_TRUE(file->ReadAt(0, text).ok());
  if (text == "x") GTEST_SKIP() << "this file system does not punch holes";
  EXPECT_EQ(text[0], '\0');
}

TEST(TempFile, KeepsItsFirstFailure) {
  const tests::TempTree tree;
  const std::string disk = tree.Folder("disk");
  if (mount("none", disk.c_str(), "tmpfs", 0, "size=64k") != 0) GTEST_SKIP() << "no mount here";
  {
    auto file = TempFile::Create(disk);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->Append("fits"));
    EXPECT_EQ(file->Append(std::string(1U << 20U, 'x')).error().code(), Code::kNoSpace);
    file->Release(4096, 2U << 20U);  // there would be room again
    const auto more = file->Append("x");
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code(), Code::kNoSpace);
    std::string text(4, ' ');
    EXPECT_TRUE(file->ReadAt(0, text).ok()) << "what was written before can be read";
  }
  umount(disk.c_str());
}

TEST(TempFolder, GoesByTheEnvironment) {
  const tests::TempTree tree;
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", tree.root().c_str(), 1);
  EXPECT_EQ(TempFolder(), tree.root());
  for (const char* bad : {"relative", "/no/such/folder", ""}) {
    setenv("TMPDIR", bad, 1);
    EXPECT_EQ(TempFolder(), "/var/tmp") << bad;
  }
  unsetenv("TMPDIR");
  EXPECT_EQ(TempFolder(), "/var/tmp");
  if (before != nullptr) setenv("TMPDIR", kept.c_str(), 1);
}

}  // namespace
}  // namespace casepack::os
