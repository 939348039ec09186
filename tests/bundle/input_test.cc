#include "collector/bundle/input.h"

#include <sys/stat.h>

#include "tests/bundle/bundle_fixture.h"

namespace casepack::bundle {
namespace {

using base::Code;

TEST(Input, ReadsAtAnyOffset) {
  const tests::TempTree tree;
  const auto input = Input::Open(tree.Write("a", "0123456789"));
  ASSERT_TRUE(input);
  EXPECT_EQ((*input)->size(), 10U);
  struct Case {
    uint64_t offset;
    const char* got;
  };
  for (const Case& c :
       {Case{8, "89"}, Case{0, "0123"}, Case{10, ""}, Case{1U << 20U, ""}, Case{3, "3456"}}) {
    char buffer[4];
    EXPECT_EQ(std::string(buffer, (*input)->ReadAt(c.offset, buffer)), c.got) << c.offset;
  }
}

TEST(Input, WhatCannotBeOpened) {
  const tests::TempTree tree;
  EXPECT_EQ(Input::Open(tree.Path("absent")).error().code(), Code::kMissing);
  EXPECT_EQ(Input::Open(tree.root()).error().code(), Code::kInvalid);
  ASSERT_EQ(mkfifo(tree.Path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(Input::Open(tree.Path("pipe")).error().code(), Code::kInvalid) << "would wait for ever";
  EXPECT_EQ(Input::Open(tree.Write("a", "") + "/b").error().ok(), false);
}

}  // namespace
}  // namespace casepack::bundle
