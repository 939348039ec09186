// Events as JSON objects: what a script took from the manager's web services, a message
// of Amazon SNS (an array, its envelope, or Lambda's records), and the computers of the
// manager's API, whose status messages are events without an id. As one document or one
// a line. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_row.h"

namespace casepack::analysis {

// `text` is UTF-8. Objects that tell no event are looked through for lists of those that
// do, to a depth of eight; an object's own line is told.
//   [{"EventType": "SystemEvent", "EventID": 740, "Title": "Agent/Appliance Error", ...}]
//   {"Type": "Notification", "Message": "[{...}]"}
//   {"Records": [{"Sns": {"Message": "[{...}]"}}]}
//   {"computers": [{"hostName": "...", "computerStatus": {"agentStatusMessages": [...]}}]}
// A status message has the title, the computer as target, "computerStatus" as origin, and
// no time: when it began is not in it.
ParsedEvents ParseJsonEvents(std::string_view text, const EventContext& context);

}  // namespace casepack::analysis
