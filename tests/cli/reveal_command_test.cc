#include <gtest/gtest.h>

#include "collector/os/handle.h"
#include "tests/cli/binary.h"
#include "tests/support/standard_input.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

class RevealCommandTest : public testing::Test {
 protected:
  tests::TempTree tree_;
  std::string map_ = tree_.Write("map",
                                 "# casepack map 1\n"
                                 "host\thost-7xa9cd2e\tweb01\n"
                                 "ipv4\t242.17.5.9\t10.1.2.3\n");
};

TEST_F(RevealCommandTest, AFile) {
  const auto ran = RunCasepack(
      {"reveal", map_, tree_.Write("log", "at host-7xa9cd2e\nfrom 242.17.5.9:22, no newline")});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "at web01\nfrom 10.1.2.3:22, no newline");
  EXPECT_EQ(ran.err, "");
}

TEST_F(RevealCommandTest, StandardInput) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"reveal", map_}, {"reveal", map_, "-"}}) {
    const os::Handle pipe(tests::PipeWith("at host-7xa9cd2e\n"));
    const tests::StandardInput standard(pipe.get());
    const auto ran = RunCasepack(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    EXPECT_EQ(ran.out, "at web01\n");
  }
}

// In pieces, and no name is lost between two of them.
TEST_F(RevealCommandTest, ALongText) {
  std::string text;
  std::string revealed;
  for (int i = 0; i < 20'000; ++i) {
    text += std::to_string(i) + " host-7xa9cd2e 242.17.5.9\n";
    revealed += std::to_string(i) + " web01 10.1.2.3\n";
  }
  const auto ran = RunCasepack({"reveal", map_, tree_.Write("log", text)});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(ran.out == revealed) << ran.out.size();
}

TEST_F(RevealCommandTest, WhatHasNoLinesPassesToo) {
  std::string bytes(size_t{3} << 20, ' ');
  bytes[100] = '\0';
  bytes[200] = '\xff';
  const auto ran = RunCasepack({"reveal", map_, tree_.Write("bin", bytes + "host-7xa9cd2e")});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_TRUE(ran.out == bytes + "web01") << ran.out.size();
}

TEST_F(RevealCommandTest, SaysWhatIsWrong) {
  const std::string log = tree_.Write("log", "x\n");
  const struct {
    std::vector<std::string> words;
    std::string said;
  } cases[] = {
      {{}, "casepack: error:"},
      {{tree_.Path("none"), log}, tree_.Path("none")},
      {{tree_.Write("bad", "# casepack map 1\nhost\n"), log}, "line 2"},
      {{tree_.Write("other", "hello\n"), log}, "line 1"},
      {{map_, tree_.Path("none")}, tree_.Path("none")},
      {{map_, tree_.root()}, "is a folder"},
  };
  for (const auto& c : cases) {
    std::vector<std::string> words = c.words;
    words.insert(words.begin(), "reveal");
    const auto ran = RunCasepack(words);
    EXPECT_EQ(ran.exit, 2) << c.said;
    EXPECT_EQ(ran.out, "");
    EXPECT_NE(ran.err.find(c.said), std::string::npos) << ran.err;
  }
}

}  // namespace
}  // namespace casepack::cli
