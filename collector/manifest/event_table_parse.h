// Event tables: JSON text -> EventTable, with all problems and where they stand. Pure
// functions over bytes: the caller reads files. Any thread.
#pragma once

#include <string_view>
#include <vector>

#include "collector/manifest/event_table.h"
#include "collector/manifest/problem.h"

namespace casepack::manifest {

struct ParsedEventTable {
  EventTable table;               // what could be understood
  std::vector<Problem> problems;  // none: all of it can be used
};

// True for JSON that says of itself that it is an event table, good or not.
bool IsEventTable(std::string_view text);

// `file` is the name that problems carry.
ParsedEventTable ParseEventTable(std::string_view file, std::string_view text);

}  // namespace casepack::manifest
