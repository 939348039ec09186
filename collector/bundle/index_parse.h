// index.json as an Index. The text may be hostile: types are checked, what is not known
// is ignored, what is missing keeps its default. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/base/json.h"
#include "collector/base/result.h"
#include "collector/bundle/index.h"

namespace casepack::bundle {

// kInvalid: not JSON (args line, column), not an index, or a field (arg) of a wrong type;
// kUnsupported: from a newer major format (arg).
base::Result<Index> ParseIndexJson(std::string_view text, const base::JsonLimits& limits = {});

}  // namespace casepack::bundle
