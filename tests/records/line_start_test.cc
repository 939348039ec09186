#include "collector/records/line_start.h"

#include <gtest/gtest.h>

#include <string>

namespace casepack::records {
namespace {

TEST(LineStart, DropsWhatCouldBeTheRestOfASecret) {
  EXPECT_EQ(FromLineStart("half a line\nwhole one\n"), "whole one\n");
  EXPECT_EQ(FromLineStart("alf\nMIIEvQ==\r\n  QUJD\nclear text\n"), "clear text\n");
  EXPECT_EQ(FromLineStart("a,b;c"), "b;c");
  EXPECT_EQ(FromLineStart("no end at all"), "");
  EXPECT_EQ(FromLineStart(std::string(2 * kLineSearch, 'x')).size(), kLineSearch);
}

TEST(LineStart, KnowsALineOfAKey) {
  EXPECT_TRUE(IsBase64Line("MIIEvQIBADANBgkqhkiG9w0BAQ=="));
  EXPECT_TRUE(IsBase64Line("\tQUJD\r"));
  EXPECT_FALSE(IsBase64Line(""));
  EXPECT_FALSE(IsBase64Line("\r"));
  EXPECT_FALSE(IsBase64Line("two words"));
}

}  // namespace
}  // namespace casepack::records
