// "roles", "states", "findings" and "checklist" of a manifest -> Conclusions. One thread.
#pragma once

#include "collector/manifest/conclusion.h"
#include "collector/manifest/members.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

Conclusions ParseConclusions(Members& members, ProblemList& problems);

}  // namespace casepack::manifest
