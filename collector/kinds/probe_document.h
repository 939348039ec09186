// What the kind `probe` finds, as one JSON value: for the bundle, and for `casepack probe`.
// Not yet redacted. Any thread.
#pragma once

#include <vector>

#include "collector/base/json.h"
#include "collector/base/result.h"
#include "collector/kinds/kind.h"

namespace casepack::kinds {

// {"targets": [...], "facts": {...}, "known": [...], ...} for each, the targets of all at
// the same time: manifests/README.md. kMissing where there is nobody to probe; kInvalid for
// a target that is none. The contexts are of one host and one run.
std::vector<base::Result<base::Json>> ProbeDocuments(const std::vector<Context>& contexts);

}  // namespace casepack::kinds
