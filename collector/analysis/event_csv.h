// System events as the manager's console exports them and as its packages hold them
// (hostevents.csv): CSV in English or Japanese, with the columns that the user chose.
//
//   Time,Level,Event ID,Event,Tag(s),Event Origin,Target,Action By,Manager,Description
//   "May 13, 2025 10:11:48",Info,2206,Security Update: ...,,Agent,HOST01,System,node-1,"...
//
// Columns are known by their names (EventWords), in any order; one that no table knows is
// kept as a field. The description may go over many lines and hold agent events, which
// become Event::nested. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_row.h"

namespace casepack::analysis {

// `text` is UTF-8 (EventTextToUtf8). Cells are parted by a comma, a semicolon or a tab,
// as the header has it. A file without a header whose rows look like the ones above is
// read as those, and the lack of it told.
ParsedEvents ParseCsvEvents(std::string_view text, const EventContext& context);

// True when `line` names at least two known columns, one of which tells what happened.
bool IsCsvHeader(std::string_view line, const EventWords& words);
// True for a line such as the second one above: a time, then more cells.
bool BeginsCsvRow(std::string_view line, char separator);

}  // namespace casepack::analysis
