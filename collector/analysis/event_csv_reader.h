// Comma-separated values, RFC 4180 with what real files do to it. Pure, any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casepack::analysis {

struct CsvLimits {
  size_t cells = 128;             // of a record; more are dropped
  size_t cell_bytes = 1U << 20U;  // of one cell; the rest of it is dropped
};

// Hands out one record after the other. Cells in quotes may hold separators, line breaks
// and "" for a quote; a record ends at "\n" or "\r\n". Text behind a closing quote belongs
// to its cell. A quote that nobody closes, as where a file was cut, ends with the file or
// where the next record seems to begin: `begins_record` is asked about each line.
class CsvReader {
 public:
  using BeginsRecord = bool (*)(std::string_view line, char separator);

  CsvReader(std::string_view text, char separator, BeginsRecord begins_record,
            const CsvLimits& limits = {});

  // False at the end. An empty line is a record of one empty cell.
  bool Next();
  [[nodiscard]] const std::vector<std::string>& cells() const { return cells_; }
  [[nodiscard]] uint32_t line() const { return line_; }  // where the record begins, from 1
  [[nodiscard]] bool unclosed() const { return unclosed_; }
  [[nodiscard]] bool cut() const { return cut_; }  // something was over a limit

 private:
  void ReadQuoted(std::string& cell);
  void ReadPlain(std::string& cell);
  [[nodiscard]] size_t EndOfUnclosed(size_t from) const;
  void Append(std::string& cell, std::string_view part);

  std::string_view text_;
  char separator_;
  BeginsRecord begins_record_;
  CsvLimits limits_;
  size_t at_ = 0;
  uint32_t line_ = 0;
  uint32_t next_line_ = 1;
  std::vector<std::string> cells_;
  bool unclosed_ = false;
  bool cut_ = false;
};

}  // namespace casepack::analysis
