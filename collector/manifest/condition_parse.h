// A condition of a manifest -> Condition. One thread.
#pragma once

#include "collector/base/json.h"
#include "collector/manifest/condition.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

Condition ParseCondition(const base::Json& value, ProblemList& problems);

}  // namespace casepack::manifest
