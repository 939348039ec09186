// Events in QRadar's Log Event Extended Format, one a line:
//   LEEF:2.0|Trend Micro|Deep Security Manager|<version>|192|cat=System<tab>name=Alert
//   Ended<tab>...
// LEEF 2.0 may name its separator behind the id ("^" or "x5E"); without one it is the tab.
// Samples that lost their tabs are read by their names. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_row.h"

namespace casepack::analysis {

// `text` is UTF-8. Lines that are none are told; empty ones are not.
ParsedEvents ParseLeef(std::string_view text, const EventContext& context);

bool IsLeefLine(std::string_view line);

}  // namespace casepack::analysis
