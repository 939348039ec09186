#include "collector/bundle/safe_text.h"

#include <gtest/gtest.h>

#include "collector/base/utf8.h"
#include "tests/support/engine.h"

namespace casepack::bundle {
namespace {

TEST(SafeText, RedactedVisibleAndShort) {
  redaction::Counts counts;
  EXPECT_EQ(SafeText(tests::TestEngine(), "plain 日本語", &counts), "plain 日本語");
  EXPECT_TRUE(counts.empty());
  EXPECT_EQ(SafeText(tests::TestEngine(), "a\x1b[31m\nb", nullptr), "a\\x1b[31m\\nb");
  EXPECT_EQ(SafeText(tests::TestEngine(), "login password=hunter2secret", &counts).find("hunter2"),
            std::string::npos);
  EXPECT_FALSE(counts.empty());
  std::string longer;
  for (int i = 0; i < 3000; ++i)
    longer += "語";
  const std::string cut = SafeText(tests::TestEngine(), longer, nullptr);
  EXPECT_LE(cut.size(), 4099U);
  EXPECT_TRUE(base::IsUtf8(cut));
}

}  // namespace
}  // namespace casepack::bundle
