// Rows of CSV (RFC 4180) that other people's texts may stand in: nothing in a cell ends its
// line, moves a terminal's cursor, or is taken for a formula by a spreadsheet.
// Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casepack::report {

std::string CsvCell(std::string_view text);
// With the end of its line.
std::string CsvRow(const std::vector<std::string>& cells);

}  // namespace casepack::report
