// One door to all parsers: bytes of an unknown form and encoding in, events out. Pure,
// any thread.
#pragma once

#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_words.h"

namespace casepack::analysis {

// By the first lines that look like one. `text` is UTF-8.
EventForm GuessEventForm(std::string_view text, const EventWords& words);

// Of a form that nobody knows there are no events, and one problem that says so. What is
// over EventLimits::input_bytes is not read, and told.
ParsedEvents ParseEvents(std::string_view bytes, const EventWords& words,
                         const EventLimits& limits = {});

}  // namespace casepack::analysis
