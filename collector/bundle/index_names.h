// The words of index.json for our enumerations. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/bundle/index.h"

namespace casepack::bundle {

// "timed_out"
std::string_view NameOf(Outcome outcome);
// kPartial for a name that only a newer casepack knows.
Outcome OutcomeOfName(std::string_view name);
std::string_view NameOf(Ended ended);
// kInterrupted for a name that only a newer casepack knows.
Ended EndedOfName(std::string_view name);

}  // namespace casepack::bundle
