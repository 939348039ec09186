#include "collector/cli/fleet_paths.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

TEST(FleetPaths, OfAList) {
  EXPECT_EQ(PathsOfList("a.tar.gz\r\n\n# no\n  b \nc d.zip  \n"),
            (std::vector<std::string>{"a.tar.gz", "  b", "c d.zip"}));
  const std::string zeros("a\nb.zip\0 c\0\0", 12);  // find -print0
  EXPECT_EQ(PathsOfList(zeros), (std::vector<std::string>{"a\nb.zip", " c"}));
  EXPECT_TRUE(PathsOfList("").empty());
}

TEST(FleetPaths, FilesFoldersAndLists) {
  tests::TempTree tree;
  const std::string bundle = tree.Write("one.tar.gz", "x");
  tree.Write("in/b.zip", "x");
  tree.Write("in/a/host/c.tar.zst.cms", "x");
  tree.Write("in/a/notes.txt", "x");
  const std::string list = tree.Write("list.txt", "x/1.tar.gz\nx/2.tar.gz\n");
  const std::string odd = tree.Write("odd", std::string("\x1f\x8b\x08", 3));
  const auto paths = FleetPaths({bundle, tree.Path("in"), list, odd, tree.Path("nowhere.tar.gz")});
  ASSERT_TRUE(paths);
  EXPECT_EQ(*paths, (std::vector<std::string>{bundle, tree.Path("in") + "/a/host/c.tar.zst.cms",
                                              tree.Path("in") + "/b.zip", "x/1.tar.gz",
                                              "x/2.tar.gz", odd, tree.Path("nowhere.tar.gz")}));
}

TEST(FleetPaths, WhatIsNotTextIsNoList) {
  tests::TempTree tree;
  for (const std::string& bytes : {std::string(), std::string("\x30\x82\x01\x00", 4),
                                   std::string("\x7f"
                                               "ELF\x02\x01\x01")}) {
    const std::string path = tree.Write("file", bytes);
    EXPECT_EQ(*FleetPaths({path}), std::vector<std::string>{path});
  }
}

TEST(ReadAll, IsBounded) {
  tests::TempTree tree;
  const std::string path = tree.Write("file", std::string(200'000, 'x'));
  EXPECT_EQ(ReadAll(path, 200'000)->size(), 200'000U);
  EXPECT_EQ(ReadAll(path, 199'999).error().code(), base::Code::kFull);
  EXPECT_EQ(ReadAll(tree.Path("none"), 10).error().code(), base::Code::kMissing);
}

}  // namespace
}  // namespace casepack::cli
