// The events that the user gave along, out of a bundle's members, as conditions see them.
// Pure, one thread.
#pragma once

#include "collector/analysis/content.h"
#include "collector/analysis/known.h"

namespace casepack::analysis {

// Reads the members of items of kind `event_file`. Those nested in an event stand for
// themselves, too. `has_events` is set when a file could be understood: what is not among
// its events, is known not to be.
void ReadEvents(const Content& content, Known* known);

}  // namespace casepack::analysis
