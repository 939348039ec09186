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

TEST(LineStart, AWordIsNoKey) {
  EXPECT_FALSE(BeginsKeyRest("Killed"));
  EXPECT_TRUE(BeginsKeyRest("MIIEvQ=="));
  EXPECT_TRUE(BeginsKeyRest("abcdefghijklmnopqrstuvwxyzABCDEF"));
  EXPECT_EQ(FromLineStart("half\nKilled\nnext\n"), "Killed\nnext\n");
}

TEST(LineStart, KnowsALineOfAKeyBehindItsTime) {
  const std::string body = "IpoceZrLAgMBAAECggEATm4UnRaBKXDziAklDbMIbrNEk5oLmjmKEE2xFn5tKa85";
  EXPECT_TRUE(HasKeyLine("Nov 22 10:00:00 host app: " + body + "\r\n"));
  EXPECT_TRUE(HasKeyLine(body));
  EXPECT_FALSE(HasKeyLine("Nov 22 10:00:00 host app: " + body.substr(0, 59)));
  EXPECT_FALSE(HasKeyLine("Nov 22 10:00:00 " + body + body));
  EXPECT_FALSE(HasKeyLine("sum " + std::string(32, 'a') + std::string(32, '7')));
  EXPECT_TRUE(HasKeyLine("  \"" + body + "\\n\" +"));
  EXPECT_FALSE(HasKeyLine(""));
  EXPECT_FALSE(HasKeyLine("10:00:00 " + std::string(64, '=')));
  EXPECT_FALSE(
      HasKeyLine("10:00:00 /usr/share/lib/Python3/site/Packages/google/Api/core/grpc/helpers/x"));
  EXPECT_FALSE(HasKeyLine("10:00:00 " + std::string(64, 'x')));
  // The rest of a cut line goes, and so does the rest of a key.
  EXPECT_EQ(FromLineStart("half\n10:00:00 " + body + "\n10:00:01 next\n"), "10:00:01 next\n");
}

}  // namespace
}  // namespace casepack::records
