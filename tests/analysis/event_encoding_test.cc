#include "collector/analysis/event_encoding.h"

#include <gtest/gtest.h>

#include "collector/base/utf8.h"

namespace casepack::analysis {
namespace {

using std::literals::operator""sv;

// 「時刻,レベル」 and a half-width katakana in CP932.
constexpr std::string_view kCp932 = "\x8e\x9e\x8d\x8f,\x83\x8c\x83x\x83\x8b \xb1";
constexpr std::string_view kUtf8 = "時刻,レベル ｱ";

TEST(EventEncoding, ReadsUtf8WithAndWithoutItsMark) {
  EXPECT_EQ(EventTextToUtf8(kUtf8), kUtf8);
  EXPECT_EQ(EventTextToUtf8("\xef\xbb\xbf" + std::string(kUtf8)), kUtf8);
  EXPECT_EQ(EventTextToUtf8(""), "");
  EXPECT_EQ(EventTextToUtf8("a\0b"sv), "ab");
}

TEST(EventEncoding, ReadsCp932) {
  EXPECT_EQ(EventTextToUtf8(kCp932), kUtf8);
  struct Case {
    std::string_view bytes;
    std::string_view text;
  };
  // The rows' ends, what Microsoft added, and a second byte that looks like a backslash.
  constexpr Case kCases[] = {
      {"\x81\x40", "\u3000"}, {"\x81\x60", "～"},     {"\x81\x7c", "－"}, {"\x82\x4f", "０"},
      {"\x87\x40", "①"},      {"\x87\x8a", "㈱"},     {"\x88\x9f", "亜"}, {"\x95\x5c", "表"},
      {"\x83\x5c", "ソ"},     {"\x98\x72", "腕"},     {"\xea\xa4", "熙"}, {"\xed\x40", "纊"},
      {"\xfa\xb1", "﨑"},     {"\xfc\x4b", "黑"},     {"\xa1", "｡"},      {"\xdf", "ﾟ"},
      {"\xf0\x40", "\ue000"}, {"\xf9\xfc", "\ue757"}, {"\x9f\xfc", "滌"}, {"\xe0\x40", "漾"},
  };
  for (const Case& c : kCases)
    EXPECT_EQ(EventTextToUtf8(c.bytes), c.text) << c.text;
}

TEST(EventEncoding, ReadsUtf16) {
  EXPECT_EQ(EventTextToUtf8("\xff\xfeT\0\x42\x66\x3d\xd8\x00\xde"sv), "T時\U0001f600");
  EXPECT_EQ(EventTextToUtf8("\xfe\xff\0T\x66\x42\xd8\x3d\xde\x00"sv), "T時\U0001f600");
  EXPECT_EQ(EventTextToUtf8("T\0i\0m\0e\0,\0L\0"sv), "Time,L");
  EXPECT_EQ(EventTextToUtf8("\0T\0i\0m\0e\0,\0L"sv), "Time,L");
  // Halves of a pair, and half a unit at the end.
  EXPECT_EQ(EventTextToUtf8("\xff\xfe\x3d\xd8\x41\0\x00\xde\x41\0x"sv), "\ufffdA\ufffdA");
}

TEST(EventEncoding, JudgesLineByLineWhatIsMixed) {
  const std::string mixed = std::string(kCp932) + "\n" + std::string(kUtf8) + "…\n\xff\xfd\n";
  EXPECT_EQ(EventTextToUtf8(mixed),
            std::string(kUtf8) + "\n" + std::string(kUtf8) + "…\n\ufffd\ufffd\n");
}

TEST(EventEncoding, IsAlwaysUtf8) {
  // Every pair of bytes, as a text of its own and in a row.
  std::string all;
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const char pair[] = {static_cast<char>(first), static_cast<char>(second)};
      const std::string text = EventTextToUtf8({pair, 2});
      ASSERT_TRUE(base::IsUtf8(text)) << first << " " << second;
      all.append(pair, 2);
    }
  }
  EXPECT_TRUE(base::IsUtf8(EventTextToUtf8(all)));
  EXPECT_TRUE(base::IsUtf8(EventTextToUtf8("\xff\xfe" + all)));
}

TEST(EventEncoding, GoesToCp932AndBack) {
  const std::string text = "不正プログラム対策エンジンがオフライン ABC ｱ〜ミЯ";
  EXPECT_FALSE(EventTextToCp932(text)) << "the wave dash is none of it";
  const std::string good = "不正プログラム対策エンジンがオフライン ABC ｱ～ミЯ";
  const auto cp932 = EventTextToCp932(good);
  ASSERT_TRUE(cp932);
  EXPECT_EQ(cp932->substr(0, 2), "\x95\x73");
  EXPECT_EQ(EventTextToUtf8(*cp932), good);
  EXPECT_FALSE(EventTextToCp932("\xE3\x81"));
}

}  // namespace
}  // namespace casepack::analysis
