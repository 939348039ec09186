// An item's "with" -> Options, by the table of its kind's fields. Pure but for the list
// of problems; one thread.
#pragma once

#include <span>

#include "collector/base/json.h"
#include "collector/manifest/field.h"
#include "collector/manifest/options.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

// Fields that are not in `with` have their fallback, or no value when they have none.
Options ParseOptions(const base::Json& with, std::span<const Field> fields, ProblemList& problems);

// The fallback as the value that it would be in a manifest; null when there is none.
base::Json FallbackValue(const Field& field);

}  // namespace casepack::manifest
