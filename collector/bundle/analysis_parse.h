// The conclusions of an index.json that somebody else wrote. Pure.
#pragma once

#include <string>

#include "collector/base/json.h"
#include "collector/bundle/index.h"

namespace casepack::bundle {

// `wrong` gets the name of the first member of a wrong type.
AnalysisRow ReadAnalysis(const base::Json& index, std::string* wrong);

}  // namespace casepack::bundle
