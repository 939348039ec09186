#include "collector/os/read.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

using base::Code;

class ReadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto host = OpenHost({tree_.root(), NetworkMounts::kLeaveAlone});
    ASSERT_TRUE(host);
    host_ = std::move(*host);
  }

  tests::TempTree tree_;
  std::unique_ptr<Host> host_;
};

TEST_F(ReadTest, AFileWithinItsBound) {
  const std::string text(40'000, 'x');
  tree_.Write("file", text);
  EXPECT_EQ(*ReadFile(*host_, "/file"), text);
  EXPECT_EQ(*ReadFile(*host_, "/file", 40'000), text);
  EXPECT_EQ(ReadFile(*host_, "/file", 16'385)->size(), 16'385U);
  EXPECT_EQ(ReadFile(*host_, "/none").error().code(), Code::kMissing);
}

TEST_F(ReadTest, AFileWithoutASize) {
  const auto running = OpenHost({});
  ASSERT_TRUE(running);
  EXPECT_TRUE(ReadFile(**running, "/proc/self/status")->starts_with("Name:"));
}

TEST_F(ReadTest, NamesInOrder) {
  for (const char* name : {"folder/b", "folder/a", "folder/C"})
    tree_.Write(name, "");
  EXPECT_EQ(*ListSorted(*host_, "/folder"), (std::vector<std::string>{"C", "a", "b"}));
  EXPECT_EQ(ListSorted(*host_, "/folder", 3)->size(), 3U);
  EXPECT_EQ(ListSorted(*host_, "/folder", 2).error().code(), Code::kFull);
  EXPECT_EQ(ListSorted(*host_, "/none").error().code(), Code::kMissing);
}

TEST(Lines, SplitAtLineEnds) {
  using List = std::vector<std::string_view>;
  EXPECT_EQ(Lines(""), List{});
  EXPECT_EQ(Lines("\n"), List{""});
  EXPECT_EQ(Lines("a\n\nb"), (List{"a", "", "b"}));
  EXPECT_EQ(Lines("a\nb\n"), (List{"a", "b"}));
}

TEST(Trim, TakesBlanksOff) {
  EXPECT_EQ(Trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(Trim(" \n"), "");
  EXPECT_EQ(Trim(""), "");
}

}  // namespace
}  // namespace casepack::os
