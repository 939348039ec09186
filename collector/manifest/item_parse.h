// The parts of a manifest that are objects of their own: an item, a title, a condition.
// Pure but for the list of problems; one thread.
#pragma once

#include <optional>
#include <span>

#include "collector/base/json.h"
#include "collector/manifest/manifest.h"
#include "collector/manifest/parse.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

Title ParseTitle(const base::Json& value, ProblemList& problems);
When ParseWhen(const base::Json& value, ProblemList& problems);
// What could be understood of it; its id is empty when that is no good.
Item ParseItem(const base::Json& value, std::span<const KindFields> kinds, ProblemList& problems);

}  // namespace casepack::manifest
