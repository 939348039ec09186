#include "collector/os/secret_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

std::string WithMode(const tests::TempTree& tree, const std::string& content, mode_t mode) {
  const std::string path = tree.Write("key", content);
  EXPECT_EQ(chmod(path.c_str(), mode), 0);
  return path;
}

TEST(SecretFile, OnlyWhatNobodyElseMayRead) {
  const struct {
    mode_t mode;
    Code code;
  } cases[] = {
      {0600, Code::kOk},      {0400, Code::kOk},      {0640, Code::kRefused},
      {0644, Code::kRefused}, {0604, Code::kRefused}, {0620, Code::kRefused},
      {0602, Code::kRefused}, {0777, Code::kRefused},
  };
  for (const auto& c : cases) {
    const tests::TempTree tree;
    const auto text = ReadSecretFile(WithMode(tree, "geheim\n", c.mode));
    EXPECT_EQ(text.error().code(), c.code) << std::oct << c.mode;
    if (c.code == Code::kOk) {
      EXPECT_EQ(text.value(), "geheim\n");
    } else {
      EXPECT_EQ(text.error().message().key, "os.secret_file.shared");
    }
  }
}

// A link is as good as what it leads to.
TEST(SecretFile, JudgesWhatIsOpened) {
  const tests::TempTree tree;
  const std::string key = WithMode(tree, "geheim", 0600);
  const std::string link = tree.Link("link", key);
  EXPECT_EQ(ReadSecretFile(link).value(), "geheim");
  ASSERT_EQ(chmod(key.c_str(), 0644), 0);
  EXPECT_EQ(ReadSecretFile(link).error().code(), Code::kRefused);
}

TEST(SecretFile, SaysWhyNot) {
  const tests::TempTree tree;
  const auto missing = ReadSecretFile(tree.Path("none")).error();
  EXPECT_EQ(missing.code(), Code::kMissing);
  EXPECT_EQ(missing.message(),
            (base::Message{"os.user_file.missing", {{"path", tree.Path("none")}}}));
  EXPECT_EQ(ReadSecretFile(tree.root()).error().code(), Code::kInvalid);
}

TEST(SecretFile, DoesNotHangAtAFifo) {
  const tests::TempTree tree;
  ASSERT_EQ(mkfifo(tree.Path("fifo").c_str(), 0600), 0);
  const auto text = ReadSecretFile(tree.Path("fifo"));
  EXPECT_EQ(text.error().code(), Code::kInvalid);
  EXPECT_EQ(text.error().message().key, "os.secret_file.not_regular");
}

TEST(SecretFile, AtMost64KiB) {
  const tests::TempTree tree;
  constexpr size_t kMost = size_t{64} * 1024;
  const auto fits = ReadSecretFile(WithMode(tree, std::string(kMost, 'x'), 0600));
  ASSERT_TRUE(fits);
  EXPECT_EQ(*fits, std::string(kMost, 'x'));
  EXPECT_EQ(ReadSecretFile(WithMode(tree, std::string(kMost + 1, 'x'), 0600)).error().code(),
            Code::kFull);
  EXPECT_EQ(ReadSecretFile(WithMode(tree, "", 0600)).value(), "");
}

TEST(SecretFile, NotSomeoneElses) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  const tests::TempTree tree;
  const std::string path = WithMode(tree, "geheim", 0600);
  ASSERT_EQ(chown(path.c_str(), 65534, 65534), 0);
  EXPECT_EQ(ReadSecretFile(path).error().code(), Code::kRefused);
}

TEST(SecretFile, WhatMayNotBeReadIsDenied) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root";
  const tests::TempTree tree;
  const std::string path = WithMode(tree, "geheim", 0600);
  ASSERT_EQ(chmod(tree.root().c_str(), 0755), 0);
  ASSERT_EQ(seteuid(65534), 0);
  const auto text = ReadSecretFile(path);
  ASSERT_EQ(seteuid(0), 0);
  EXPECT_EQ(text.error().code(), Code::kDenied);
}

}  // namespace
}  // namespace casepack::os
