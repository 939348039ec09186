// Events in ArcSight's Common Event Format, as the manager and the agents send them to a
// syslog server, one a line:
//   CEF:0|Trend Micro|Deep Security Manager|12.0.327|740|Agent/Appliance Error|8|src=... msg=...
// Syslog's own header may stand before it; some senders write "CEF: 0". A year is only in
// RFC 5424's header: otherwise the event has no time. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_row.h"

namespace casepack::analysis {

// `text` is UTF-8. Lines that are none are told; empty ones are not.
ParsedEvents ParseCef(std::string_view text, const EventContext& context);

bool IsCefLine(std::string_view line);

}  // namespace casepack::analysis
