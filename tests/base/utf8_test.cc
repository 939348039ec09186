#include "collector/base/utf8.h"

#include <gtest/gtest.h>

#include "collector/base/width_table.h"

namespace casepack::base {
namespace {

using namespace std::string_view_literals;

TEST(IsUtf8, FollowsRfc3629) {
  struct Case {
    std::string_view text;
    bool valid;
  };
  const Case cases[] = {
      {"", true},
      {"plain", true},
      {"\0"sv, true},
      {"ä日𠮷", true},
      {"\x7F", true},
      {"\xC2\x80", true},
      {"\xDF\xBF", true},
      {"\xE0\xA0\x80", true},
      {"\xED\x9F\xBF", true},
      {"\xEE\x80\x80", true},
      {"\xF0\x90\x80\x80", true},
      {"\xF4\x8F\xBF\xBF", true},
      {"\x80", false},              // continues nothing
      {"\xC0\x80", false},          // overlong
      {"\xC1\xBF", false},          // overlong
      {"\xE0\x9F\xBF", false},      // overlong
      {"\xF0\x8F\xBF\xBF", false},  // overlong
      {"\xED\xA0\x80", false},      // first surrogate
      {"\xED\xBF\xBF", false},      // last surrogate
      {"\xF4\x90\x80\x80", false},  // above U+10FFFF
      {"\xF5\x80\x80\x80", false},
      {"\xFE", false},
      {"\xFF", false},
      {"\xC3", false},          // cut
      {"\xE6\x97", false},      // cut
      {"\xF0\xA0\xAE", false},  // cut
      {"\xE6\x97"
       "a",
       false},
      {"fine then \xC3(", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(IsUtf8(c.text), c.valid) << Visible(c.text);
  }
}

TEST(Visible, EscapesWhatATerminalWouldObey) {
  struct Case {
    std::string_view text;
    std::string_view shown;
  };
  const Case cases[] = {
      {"", ""},
      {"plain ä日𠮷 😀", "plain ä日𠮷 😀"},
      {"C:\\new\\x1b", "C:\\new\\x1b"},
      {"a\nb\tc\r", "a\\nb\\tc\\r"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"\0\x01\x7f"sv, "\\x00\\x01\\x7f"},
      {"\xC2\x9B"
       "31m",
       "\\u009b31m"},            // C1: an escape sequence in one character
      {"\xC2\xA0", "\xC2\xA0"},  // the first after C1
      {"\x9B", "\\x9b"},         // the byte alone is not UTF-8
      {"a\xE2\x80\xAE"
       "b",
       "a\\u202eb"},  // right-to-left override
      {"\xE2\x81\xA6\xE2\x81\xA9", "\\u2066\\u2069"},
      {"\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C", "\\u200e\\u200f\\u061c"},
      {"\xE2\x80\xA8\xE2\x80\xA9", "\\u2028\\u2029"},
      {"\xE2\x80\xA7\xE2\x80\xAF", "\xE2\x80\xA7\xE2\x80\xAF"},  // their neighbours stay
      {"\xFF\xE6\x97", "\\xff\\xe6\\x97"},
      {"\xED\xA0\x80", "\\xed\\xa0\\x80"},
      {"\xC3\n", "\\xc3\\n"},  // what follows a cut character is not lost
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Visible(c.text), c.shown);
    EXPECT_TRUE(IsUtf8(Visible(c.text)));
    EXPECT_EQ(Visible(Visible(c.text)), c.shown);
  }
}

TEST(DisplayWidth, CountsColumns) {
  struct Case {
    std::string_view text;
    size_t columns;
  };
  const Case cases[] = {
      {"", 0},
      {"plain", 5},
      {"日本語", 6},
      {"カタカナ", 8},
      {"ｶﾀｶﾅ", 4},      // half-width katakana
      {"ｶﾞ", 2},        // the half-width voicing mark has its own column
      {"か\u3099", 2},  // the combining one has none
      {"ＡＢＣ", 6},    // full-width Latin
      {"、。「」", 8},
      {"한국어", 6},
      {"\u1112\u1161\u11AB", 2},  // one Hangul syllable in three letters
      {"e\u0301", 1},
      {"é", 1},
      {"😀", 2},
      {"✅", 2},
      {"✓", 1},
      {"🇯🇵", 2},
      {"𠮷", 2},  // plane 2
      {"\U00020000\U0003FFFD", 4},
      {"\u200B\u200D\uFE0F", 0},
      {"\u00AD", 1},
      {"─│…α", 4},  // ambiguous: narrow
      {"\xFF\xFE", 2},
      {"\n\x1b\x7f", 0},
      {"\u2FFF\u3000\u3001\u303E\u303F", 9},  // the half-fill space is narrow
      {"\U0001FAF8", 2},                      // of Unicode 15
  };
  for (const Case& c : cases) {
    EXPECT_EQ(DisplayWidth(c.text), c.columns) << c.text;
  }
}

template <typename Table>
void ExpectSorted(const Table& table) {
  char32_t last = 0;
  for (const CodePoints& range : table) {
    EXPECT_GT(range.first, last);
    EXPECT_GE(range.last, range.first);
    last = range.last;
  }
}

TEST(DisplayWidth, SearchesSortedTables) {
  ExpectSorted(kNoColumn);
  ExpectSorted(kTwoColumns);
}

TEST(FitColumns, PadsOrCuts) {
  struct Case {
    std::string_view text;
    size_t columns;
    std::string_view fitted;
  };
  const Case cases[] = {
      {"", 0, ""},
      {"", 3, "   "},
      {"abc", 0, ""},
      {"abc", 5, "abc  "},
      {"abc", 3, "abc"},
      {"abcd", 3, "ab…"},
      {"abcd", 1, "…"},
      {"日本", 5, "日本 "},
      {"日本", 4, "日本"},
      {"日本語", 5, "日本…"},
      {"日本語", 4, "日… "},  // half a character is not shown
      {"日本語", 3, "日…"},
      {"日本語", 2, "… "},
      {"日本語", 1, "…"},
      {"ｶﾀｶﾅ", 4, "ｶﾀｶﾅ"},
      {"e\u0301e\u0301", 2, "e\u0301e\u0301"},
      {"e\u0301e\u0301e", 2, "e\u0301…"},
      {"\xFF\xFF\xFF", 2, "\xFF…"},
  };
  for (const Case& c : cases) {
    const std::string fitted = FitColumns(c.text, c.columns);
    EXPECT_EQ(fitted, c.fitted) << c.text << " in " << c.columns;
    EXPECT_EQ(DisplayWidth(fitted), c.columns) << c.text << " in " << c.columns;
  }
}

}  // namespace
}  // namespace casepack::base
