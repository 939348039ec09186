#include "collector/records/encoding.h"

#include <gtest/gtest.h>

namespace casepack::records {
namespace {

using std::string_literals::operator""s;

TEST(Encoding, KnowsUtf16) {
  EXPECT_EQ(EncodingOf("\xFF\xFE"
                       "2\0"s),
            Encoding::kUtf16Le);
  EXPECT_EQ(EncodingOf("\xFE\xFF\0"
                       "2"s),
            Encoding::kUtf16Be);
  EXPECT_EQ(EncodingOf("2\0000\0002\0006\0-\0"s), Encoding::kUtf16Le);
  EXPECT_EQ(EncodingOf("\0002\0000\0002\0006\0-"s), Encoding::kUtf16Be);
  EXPECT_EQ(EncodingOf("2026-11-22"), Encoding::kBytes);
  EXPECT_EQ(EncodingOf("\x82\xA0\x82\xA2"), Encoding::kBytes);
  EXPECT_EQ(EncodingOf(std::string(64, '\0')), Encoding::kBytes);  // a hole
  EXPECT_EQ(EncodingOf(""), Encoding::kBytes);
}

TEST(Encoding, FindsTheEndOfALine) {
  EXPECT_EQ(EndOfLine(Encoding::kBytes, "ab\ncd"), 3U);
  EXPECT_EQ(EndOfLine(Encoding::kBytes, "ab"), std::string::npos);
  EXPECT_EQ(EndOfLine(Encoding::kUtf16Le, "a\0\n\0b\0"s), 4U);
  EXPECT_EQ(EndOfLine(Encoding::kUtf16Be, "\0a\0\n\0b"s), 4U);
  // U+0A0A and U+0A41 hold the byte, and are none.
  EXPECT_EQ(EndOfLine(Encoding::kUtf16Le, "\x0A\x0A\x41\x0A\x0A\0"s), 6U);
  EXPECT_EQ(EndOfLine(Encoding::kUtf16Le, "\n"s), std::string::npos);
}

TEST(Encoding, MakesUtf8) {
  EXPECT_EQ(ToUtf8(Encoding::kUtf16Le, "2\0t^"s), "2年");
  EXPECT_EQ(ToUtf8(Encoding::kUtf16Be, "\0002^t"s), "2年");
  EXPECT_EQ(ToUtf8(Encoding::kUtf16Le, "\x3D\xD8\x00\xDE!"s), "??");
  EXPECT_EQ(ToUtf8(Encoding::kBytes, "ab"), "ab");
  EXPECT_EQ(MarkOf("\xEF\xBB\xBFx"), 3U);
  EXPECT_EQ(MarkOf(MarkFor(Encoding::kUtf16Le)), 2U);
  EXPECT_EQ(MarkFor(Encoding::kBytes), "");
}

TEST(Encoding, GoesToUtf16AndBack) {
  const std::string text = "a\u00e9\u3042\n";
  for (const Encoding encoding : {Encoding::kUtf16Le, Encoding::kUtf16Be, Encoding::kBytes})
    EXPECT_EQ(ToUtf8(encoding, FromUtf8(encoding, text)), text);
  EXPECT_EQ(FromUtf8(Encoding::kUtf16Be, "\U0001F600"), "\xD8\x3D\xDE\x00"s);
  EXPECT_EQ(FromUtf8(Encoding::kUtf16Le, "ab\xE3\x81"), "a\0b\0"s) << "cut off";
}

}  // namespace
}  // namespace casepack::records
