// ParseCsvEvents and its reader: any bytes; every event is within its limits, and every
// record is read once.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collector/analysis/event_csv.h"
#include "collector/analysis/event_csv_reader.h"
#include "tests/fuzz/event_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casepack::analysis;  // NOLINT(google-build-using-namespace)
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckParser(ParseCsvEvents, text);
  CsvReader reader(text, ',', BeginsCsvRow, {.cells = 5, .cell_bytes = 20});
  uint32_t line = 0;
  while (reader.Next()) {
    Require(reader.line() > line && !reader.cells().empty() && reader.cells().size() <= 5);
    line = reader.line();
    for (const std::string& cell : reader.cells())
      Require(cell.size() <= 20);
  }
  return 0;
}
