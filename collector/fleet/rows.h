// A fleet host by host, for other programs: CSV for spreadsheets, and lines of JSON with every
// fact for databases. Both are handed out in pieces, so that a large fleet takes no more
// memory than its table. Pure, apart from the sink.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "collector/fleet/report.h"

namespace casepack::fleet {

inline constexpr const char* kRowFormat = "casepack-fleet-host/1";

using TextSink = std::function<bool(std::string_view)>;  // false: no more

// RFC 4180 with a mark for UTF-8. A cell that a spreadsheet would run as a formula begins
// with an apostrophe. Every bundle has a row, also one that could not be read.
void WriteCsv(const Table& table, const TextSink& sink);

// One object a line for each host that counts. The form is in README.md beside this file.
void WriteNdjson(const Table& table, const TextSink& sink);

}  // namespace casepack::fleet
