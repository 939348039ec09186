#include "redaction/values.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace casepack::redaction {
namespace {

// The value that begins at the start of `text`.
std::string ValueOf(std::string_view text) {
  const View view{text, 0, 0, true};
  Value value = OpenValue(view, 0, Ending{});
  const size_t end = FindEnd(view, value.begin, &value.ending);
  return std::string(text.substr(value.begin, end - value.begin));
}

TEST(Values, BeginAndEnd) {
  const struct {
    std::string_view text;
    std::string_view value;
  } kCases[] = {
      {"abc", "abc"},
      {"  abc def", "abc"},
      {"abc,d=e", "abc"},
      {"abc,d", "abc,d"},
      {"abc, d", "abc"},
      {"abc;", "abc"},
      {"abc&d=e", "abc"},
      {"abc\\\"}", "abc"},
      {"abc</x>", "abc"},
      {"abc\x1b[0m", "abc"},
      {"\"a b\" c", "a b"},
      {"\"a\\\"b\" c", "a\\\"b"},
      {"\"a\\\\\" c", "a\\\\"},
      {"\\\"a\\\\\\\"b\\\" c", "a\\\\\\\"b"},
      {"'a\"b' c", "a\"b"},
      {"'it''s' c", "it''s"},
      {"\"\" x", ""},
      {"\"\"a,b\"\" c", "a,b"},
      {"\"open\nnext", "open"},
      {"b'ab' c", "ab"},
      {"[\"a]\", \"b\"] c", "\"a]\", \"b\""},
      {"&quot;a b&quot;", "a b"},
      {"%22a%20b%22", "a%20b"},
      {"\x1b[1mabc x", "abc"},
  };
  for (const auto& row : kCases)
    EXPECT_EQ(ValueOf(row.text), row.value) << row.text;
}

// A quote closes its string behind an even number of backslashes, however many they are.
TEST(Values, LongRunsOfBackslashes) {
  for (size_t count = 0; count < 600; ++count) {
    const std::string run(count, '\\');
    const std::string value = count % 2 == 0 ? "a" + run : "a" + run + "\"b";
    EXPECT_EQ(ValueOf("\"" + value + "\" c"), value) << count;
    // The same within a string: closed behind 1 of each 4, or behind fewer than that.
    const bool closed = count % 4 == 1 || count < 1;
    const std::string rest = closed ? run.substr(std::min<size_t>(count, 1)) : run + "\"b";
    EXPECT_EQ(ValueOf("\\\"a" + run + "\"b\\\" c"), "a" + rest) << count;
  }
}

// In a string that k backslashes and a quote opened, k of each 2(k + 1) close it.
TEST(Values, LongRunsOfBackslashesInDepth) {
  for (const size_t depth : {1U, 3U, 7U, 15U}) {
    const std::string open = std::string(depth, '\\') + "\"";
    for (size_t count = depth; count < 200; ++count) {
      const bool closes = count % (2 * (depth + 1)) == depth;
      const std::string run(count, '\\');
      const std::string value = closes ? "a" + run.substr(depth) : "a" + run + "\"b";
      EXPECT_EQ(ValueOf(open + "a" + run + "\"b" + open + " c"), value) << depth << " " << count;
    }
  }
}

TEST(Values, AnEndOutOfViewIsFoundLaterFromTheSameState) {
  const std::string text =
      "\"" + std::string(3000, 'a') + "\\\"" + std::string(3000, 'b') + "\" rest";
  for (size_t cut = kPeek + 1; cut < text.size(); cut += 97) {
    View view{std::string_view(text).substr(0, cut), 0, 0, false};
    Value value = OpenValue(view, 0, Ending{});
    size_t end = FindEnd(view, value.begin, &value.ending);
    if (end == kNotFound) {
      const size_t from = std::max(value.begin, view.ScanEnd());
      view = View{text, 0, 0, true};
      end = FindEnd(view, from, &value.ending);
    }
    EXPECT_EQ(end, text.size() - 6) << cut;
  }
}

TEST(Values, Markers) {
  const auto is_marker = [](std::string_view text) {
    return IsMarkerAt(View{text, 0, 0, true}, 0);
  };
  EXPECT_TRUE(is_marker("[REDACTED:jwt]"));
  EXPECT_TRUE(is_marker("[REDACTED:jwt],x"));
  EXPECT_FALSE(is_marker("[REDACTED:jwt]x"));
  EXPECT_FALSE(is_marker("[REDACTED:JWT]"));
  EXPECT_FALSE(is_marker("[REDACTED:jwt"));
}

}  // namespace
}  // namespace casepack::redaction
