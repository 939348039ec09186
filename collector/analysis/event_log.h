// Lines of the agent's own logs, ds_agent.log and ds_am.log, with rotations:
//   2025-07-26 14:34:47.505346 [+0100]: [Cmd/5] | message | file.lua:1577:name | 480C:27DC:thread
// Agents of 2018 wrote no offset; file names have "/" or "\"; a message may have "|" in
// it. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_row.h"

namespace casepack::analysis {

// Each line that begins with a time and a level is an event: its message is the text, its
// source is the origin ("file.lua:1577:name"), its thread a field. Other lines belong to
// the message before them; those before the first one are a problem, told once: the log
// was cut there. Of too many events the last ones are kept. `text` is UTF-8.
ParsedEvents ParseAgentLog(std::string_view text, const EventContext& context);

// True for a line as above.
bool IsAgentLogLine(std::string_view line);

}  // namespace casepack::analysis
