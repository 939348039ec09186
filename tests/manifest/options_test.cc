#include "collector/manifest/options.h"

#include <gtest/gtest.h>

namespace casepack::manifest {
namespace {

using std::chrono::seconds;

Options Sample() {
  Options options;
  options.Set("text", std::string("a"));
  options.Set("list", std::vector<std::string>{"b", "c"});
  options.Set("integer", int64_t{-1});
  options.Set("size", uint64_t{2});
  options.Set("duration", base::Duration(seconds(3)));
  options.Set("flag", true);
  return options;
}

TEST(Options, GivesBackWhatWasSet) {
  const Options options = Sample();
  EXPECT_EQ(options.Text("text"), "a");
  EXPECT_EQ(options.TextList("list"), (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(options.Integer("integer"), -1);
  EXPECT_EQ(options.Size("size"), 2U);
  EXPECT_EQ(options.Duration("duration"), seconds(3));
  EXPECT_TRUE(options.Flag("flag"));
  EXPECT_TRUE(options.Has("flag"));
  EXPECT_FALSE(options.Has("fla"));
}

TEST(Options, TheLastSetCounts) {
  Options options = Sample();
  options.Set("flag", false);
  EXPECT_FALSE(options.Flag("flag"));
}

TEST(OptionsDeathTest, AWrongNameOrTypeEndsTheProgram) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const Options options = Sample();
  EXPECT_DEATH((void)options.Text("txt"), "");
  EXPECT_DEATH((void)options.Size("integer"), "");
}

}  // namespace
}  // namespace casepack::manifest
