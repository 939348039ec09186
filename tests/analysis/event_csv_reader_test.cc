#include "collector/analysis/event_csv_reader.h"

#include <gtest/gtest.h>

namespace casepack::analysis {
namespace {

bool BeginsWithRow(std::string_view line, char) { return line.substr(0, 3) == "row"; }

// "2:[a|b]" for a record that begins in line 2, with "!" for an unclosed quote and "<" for
// what was cut.
std::string Read(std::string_view text, const CsvLimits& limits = {}) {
  CsvReader reader(text, ',', BeginsWithRow, limits);
  std::string shown;
  while (reader.Next()) {
    shown += std::to_string(reader.line()) + ":[";
    for (size_t i = 0; i < reader.cells().size(); ++i)
      shown += (i == 0 ? "" : "|") + reader.cells()[i];
    shown += std::string("]") + (reader.unclosed() ? "!" : "") + (reader.cut() ? "<" : "");
  }
  return shown;
}

TEST(CsvReader, ReadsRecords) {
  EXPECT_EQ(Read("a,b\r\nc,\n"), "1:[a|b]2:[c|]");
  EXPECT_EQ(Read("a"), "1:[a]");
  EXPECT_EQ(Read("\n\nx"), "1:[]2:[]3:[x]");
  EXPECT_EQ(Read(""), "");
}

TEST(CsvReader, ReadsQuotedCells) {
  EXPECT_EQ(Read("\"a,\"\"b\"\"\",c\n"), "1:[a,\"b\"|c]");
  EXPECT_EQ(Read("\"a\n\r\nb\",c\nd\n"), "1:[a\n\r\nb|c]4:[d]");
  EXPECT_EQ(Read("\"\",x"), "1:[|x]");
  EXPECT_EQ(Read("a\"b,c"), "1:[a\"b|c]");
  EXPECT_EQ(Read("\"a\" tail,b"), "1:[a tail|b]");
}

TEST(CsvReader, AnUnclosedQuoteEndsWithTheFileOrBeforeTheNextRow) {
  EXPECT_EQ(Read("row,\"a\nb"), "1:[row|a\nb]!");
  EXPECT_EQ(Read("row,\"a\nb\nrow,c\n"), "1:[row|a\nb]!3:[row|c]");
  EXPECT_EQ(Read("row,\"a\"\"\nrow,\"\"\n"), "1:[row|a\"\"]!2:[row|]");
}

TEST(CsvReader, KeepsItsLimits) {
  EXPECT_EQ(Read("a,b,c\nd", {.cells = 2, .cell_bytes = 10}), "1:[a|b]<2:[d]");
  EXPECT_EQ(Read("\"abc\",時刻\nd", {.cells = 2, .cell_bytes = 2}), "1:[ab|]<2:[d]");
}

}  // namespace
}  // namespace casepack::analysis
