// What shows that the error happened, as a manifest declares it. Pure but for the list of
// problems; one thread.
#pragma once

#include "collector/base/json.h"
#include "collector/manifest/manifest.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

// What could be understood of it; its id is empty when that is no good.
Evidence ParseEvidence(const base::Json& value, ProblemList& problems);

}  // namespace casepack::manifest
