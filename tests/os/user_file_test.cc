#include "collector/os/user_file.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

TEST(UserFile, ReadsWhatIsThere) {
  const tests::TempTree tree;
  const std::string path = tree.Write("m.json", std::string(40000, 'x') + "\n");
  const auto text = ReadUserFile(path);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->size(), 40001U);
}

TEST(UserFile, SaysWhyNot) {
  const tests::TempTree tree;
  EXPECT_EQ(ReadUserFile(tree.Path("none")).error().code(), Code::kMissing);
  EXPECT_EQ(ReadUserFile(tree.root()).error().code(), Code::kInvalid);
  EXPECT_EQ(ReadUserFile(tree.Write("big", std::string(101, 'x')), 100).error().code(),
            Code::kFull);
  EXPECT_TRUE(ReadUserFile(tree.Write("fits", std::string(100, 'x')), 100));
}

TEST(UserFile, KnowsAFolder) {
  const tests::TempTree tree;
  EXPECT_TRUE(IsFolder(tree.root()));
  EXPECT_FALSE(IsFolder(tree.Write("file", "x")));
  EXPECT_FALSE(IsFolder(tree.Path("none")));
}

}  // namespace
}  // namespace casepack::os
