#include "collector/report/csv.h"

#include <algorithm>
#include <array>

#include "collector/base/utf8.h"

namespace casepack::report {
namespace {

// What spreadsheets take for the beginning of a formula; full-width forms in Japanese ones.
constexpr std::array<std::string_view, 8> kFormula{"=", "+", "-", "@", "＝", "＋", "－", "＠"};

}  // namespace

std::string CsvCell(std::string_view text) {
  std::string cell = base::Visible(text);
  const size_t begin = std::min(cell.find_first_not_of(' '), cell.size());
  const bool formula = std::any_of(kFormula.begin(), kFormula.end(), [&](std::string_view mark) {
    return cell.compare(begin, mark.size(), mark) == 0;
  });
  if (formula) cell.insert(0, 1, '\'');
  if (cell.find_first_of(",;\"") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string CsvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (size_t i = 0; i < cells.size(); ++i)
    row += (i == 0 ? "" : ",") + CsvCell(cells[i]);
  return row + "\r\n";
}

}  // namespace casepack::report
