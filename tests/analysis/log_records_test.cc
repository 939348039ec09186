#include "collector/analysis/log_records.h"

#include <gtest/gtest.h>

namespace casepack::analysis {
namespace {

records::Window Window() {
  records::Window window;
  window.error = *base::ParseUtc("2026-11-22T14:00:00Z");
  window.span = {window.error - std::chrono::hours(1), window.error + std::chrono::hours(1)};
  return window;
}

std::vector<LogRecord> RecordsOf(const std::string& text, size_t piece) {
  const records::Window window = Window();
  LogStore store(window.error, {});
  LogRecords found({"/a.log", "raw/x/a.log", window.error}, window, store);
  for (size_t at = 0; at < text.size(); at += piece)
    found.Feed(std::string_view(text).substr(at, piece));
  found.Finish();
  std::vector<LogRecord> list;
  for (const LogRecord* event : store.InOrder())
    list.push_back(*event);
  return list;
}

TEST(LogRecords, ReadsRecordsWithTheirLines) {
  const std::string text =
      "  the end of a record before\n"
      "2026-11-22 14:00:01.500000 [+0000]: [Error/1] | it broke\r\n"
      "\tat one\r\n"
      "\tat two\r\n"
      "2026-11-22 13:59:00 [+0000]: [Info/5] | before\n"
      "2026-11-22 18:00:00 [+0000]: [Info/5] | outside\n";
  for (const size_t piece : {1U, 7U, 10'000U}) {
    const auto found = RecordsOf(text, piece);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].text, "[Info/5] | before");
    EXPECT_EQ(found[0].line, 5U);
    EXPECT_EQ(found[0].doubts, records::kClockBack);
    EXPECT_EQ(found[1].text, "[Error/1] | it broke\nat one\nat two");
    EXPECT_EQ(found[1].line, 2U);
    EXPECT_EQ(found[1].source, "/a.log");
    EXPECT_EQ(found[1].member, "raw/x/a.log");
    EXPECT_FALSE(found[1].cut);
  }
}

TEST(LogRecords, MarksWhatItRestsOn) {
  const auto found = RecordsOf("Nov 22 14:00:00 host a[1]: hello\n", 100);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].text, "host a[1]: hello");
  EXPECT_EQ(found[0].doubts, records::kZoneAssumed | records::kYearGuessed);
}

TEST(LogRecords, CutsLongRecordsBetweenCharacters) {
  std::string text = "2026-11-22T14:00:00Z ";
  for (int i = 0; i < 100'000; ++i)
    text += "あ";
  text += "\n2026-11-22T14:00:01Z next\n";
  const auto found = RecordsOf(text, 4096);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].cut);
  EXPECT_EQ(found[0].text.size(), 999U);
  EXPECT_EQ(found[1].text, "next");
}

TEST(LogRecords, ReadsWideCharacters) {
  std::string text = "\xFF\xFE";
  for (const char c : std::string("2026-11-22T14:00:00Z a\r\n2026-11-22T14:00:01Z b\r\n"))
    text += std::string(1, c) + std::string(1, '\0');
  const auto found = RecordsOf(text, 5);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].text, "b");
}

TEST(LogRecords, FindsNoneWhereNoneAre) {
  EXPECT_TRUE(RecordsOf("", 10).empty());
  EXPECT_TRUE(RecordsOf("no time\nat all\n", 10).empty());
}

}  // namespace
}  // namespace casepack::analysis
