#include "collector/report/csv.h"

#include <gtest/gtest.h>

namespace casepack::report {
namespace {

TEST(Csv, QuotesWhatWouldEndACell) {
  EXPECT_EQ(CsvRow({"a", "b c", "1,2", "say \"x\"", ""}), "a,b c,\"1,2\",\"say \"\"x\"\"\",\r\n");
  EXPECT_EQ(CsvRow({}), "\r\n");
}

TEST(Csv, NothingIsAFormula) {
  for (const char* text : {"=1+1", "+1", "-1", "@x", "  =1", "＝1", "＋1", "－1", "＠x"})
    EXPECT_EQ(CsvCell(text), "'" + std::string(text)) << text;
  EXPECT_EQ(CsvCell("=cmd|'/c calc'!A0,\"x\""), "\"'=cmd|'/c calc'!A0,\"\"x\"\"\"");
  EXPECT_EQ(CsvCell("a=1"), "a=1");
  EXPECT_EQ(CsvCell("2026-11-23"), "2026-11-23");
}

TEST(Csv, NothingEndsTheLineOrMovesTheCursor) {
  EXPECT_EQ(CsvCell("a\r\nb\x1b[31m\t\xff"), "a\\r\\nb\\x1b[31m\\t\\xff");
  EXPECT_EQ(CsvCell("不正プログラム"), "不正プログラム");
}

}  // namespace
}  // namespace casepack::report
