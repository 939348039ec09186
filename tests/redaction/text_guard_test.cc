#include "redaction/text_guard.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace casepack::redaction {
namespace {

using std::literals::operator""s;

struct Result {
  std::string text;
  bool withheld = false;
  bool operator==(const Result&) const = default;
};

Result Guard(std::string_view bytes, size_t block) {
  Result result;
  TextGuard guard([&](std::string_view text) { result.text.append(text); });
  for (size_t i = 0; i < bytes.size(); i += block)
    guard.Feed(bytes.substr(i, block));
  guard.Finish();
  result.withheld = guard.withheld();
  return result;
}

std::string Utf16(std::string_view ascii) {
  std::string text;
  for (const char c : ascii)
    text += {c, '\0'};
  return text;
}

TEST(TextGuard, NulBytes) {
  const struct {
    std::string bytes;
    std::string text;
  } kCases[] = {
      {"plain", "plain"},
      {Utf16("password=x\r\nnext"), "password=x\r\nnext"},
      {"--password\0geheim\0"s, "--password\x1fgeheim"},
      {"A=1\0B=2\0C=3\0"s,
       "A=1\x1f"
       "B=2\x1f"
       "C=3"},
      {"log\0\0\0\0\0log"s, "log[NUL-bytes:5]log"},
      {"a\0\0b\0\0\0c"s, "abc"},
      {std::string(9000, '\0'), "[NUL-bytes:9000]"},
      {"", ""},
  };
  for (const auto& row : kCases) {
    for (const size_t block : {1, 2, 3, 7, 4096, 100000}) {
      EXPECT_EQ(Guard(row.bytes, block), (Result{row.text, false})) << row.text << " in " << block;
    }
  }
}

TEST(TextGuard, TextOfEveryEncodingPasses) {
  for (const std::string& text :
       {"日本語のログ\n"s, "\x93\xfa\x96\x7b\x8c\xea\r\n"s, "\x30\x82\xa0\x82\xa2 CP932"s,
        "caf\xe9\n"s, "\x1b[31mred\x1b[0m\f\b\t"s, "0\x82"s, "PK"s, "BZ"s}) {
    EXPECT_EQ(Guard(text, 3), (Result{text, false}));
  }
}

TEST(TextGuard, JudgesWindowsByTheirControls) {
  const size_t window = TextGuard::kWindow;
  const std::string good(window, 'a');
  std::string border = good;
  for (size_t i = 0; i < window / TextGuard::kLargestShare; ++i)
    border[i * 3] = '\x01';
  std::string bad = border;
  bad[1] = '\x02';
  const struct {
    std::string bytes;
    Result wanted;
  } kCases[] = {
      {good + border + good, {good + border + good, false}},
      {good + bad + good, {good, true}},
      {bad, {"", true}},
      {good + "ab\x01", {good, true}},
      {good + std::string(19, 'a') + "\x01", {good + std::string(19, 'a') + "\x01", false}},
      {"\x01", {"", true}},
      {"\x7f\x7f", {"", true}},
  };
  for (const auto& row : kCases) {
    for (const size_t block : {1, 3, 64, 4096, 5000, 100000})
      EXPECT_EQ(Guard(row.bytes, block), row.wanted) << block;
  }
}

TEST(TextGuard, HolesDoNotThinTheControlsOut) {
  std::string bytes;
  for (int i = 0; i < 3000; ++i)
    bytes += "\x01\0\0\0\0abcdefghi"s;
  EXPECT_EQ(Guard(bytes, 4096), (Result{"", true}));
}

TEST(TextGuard, OutputDoesNotDependOnEverySplit) {
  std::string bytes = "x"s + Utf16("abc") + "\0\0\0\0yy\0z"s + Utf16("q");
  const Result whole = Guard(bytes, bytes.size());
  for (size_t split = 0; split <= bytes.size(); ++split) {
    Result result;
    TextGuard guard([&](std::string_view text) { result.text.append(text); });
    guard.Feed(std::string_view(bytes).substr(0, split));
    guard.Feed(std::string_view(bytes).substr(split));
    guard.Finish();
    EXPECT_EQ(result.text, whole.text) << split;
  }
}

}  // namespace
}  // namespace casepack::redaction
