#include "collector/cli/analyzed.h"

#include <gtest/gtest.h>

#include "tests/cli/binary.h"
#include "tests/support/temp_tree.h"

namespace casepack::cli {
namespace {

TEST(Analyzed, ABundleOrWhyNot) {
  const tests::TempTree tree;
  EXPECT_EQ(AnalyzeBundle(tree.Path("none"), {}, {}).error().code(), base::Code::kMissing);
  EXPECT_EQ(AnalyzeBundle(tree.Write("x", "no bundle"), {}, {}).error().code(),
            base::Code::kInvalid);
  tree.Folder("root");
  const std::string bundle = tree.Path("b.tar.gz");
  tests::RunCasepack({"collect", "--root", tree.Path("root"), "-o", bundle});
  const auto analysis = AnalyzeBundle(bundle, {}, {"relay"});
  ASSERT_TRUE(analysis);
  EXPECT_EQ(analysis->row.roles, std::vector<std::string>{"relay"});
}

}  // namespace
}  // namespace casepack::cli
