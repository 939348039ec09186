#include <gtest/gtest.h>

#include "collector/base/json.h"
#include "collector/cli/version.h"
#include "tests/cli/binary.h"

namespace casepack::cli {
namespace {

using tests::RunCasepack;

TEST(VersionCommand, TellsVersionAndFormat) {
  EXPECT_EQ(RunCasepack({"version"}).out.rfind("casepack " + std::string(kVersion) + " (", 0), 0U);
  const auto json = base::ParseJson(RunCasepack({"version", "--json"}).out);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->StringOr("version", ""), kVersion);
  EXPECT_EQ(json->StringOr("bundle_format", ""), "casepack-bundle/1");
}

}  // namespace
}  // namespace casepack::cli
