// events.ndjson: the records of the window from the logs that a run gathered, in the order
// of time, one JSON object a line. Made of the members as they stand in the bundle, and
// written through the same door. One call, one thread, after all items ended.
#pragma once

#include <vector>

#include "collector/bundle/index.h"
#include "collector/bundle/writer.h"
#include "collector/records/window.h"

namespace casepack::run {

// The row of the item that holds it; nothing when no log was gathered.
std::vector<bundle::ItemRow> WriteEvents(const std::vector<bundle::ItemRow>& rows,
                                         const records::Window& window, bundle::Writer& writer);

}  // namespace casepack::run
