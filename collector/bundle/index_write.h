// The index as the text of index.json. Pure, any thread.
#pragma once

#include <string>

#include "collector/base/json.h"
#include "collector/bundle/index.h"

namespace casepack::bundle {

// findings.json: roles, verdict, checklist and findings.
base::Json FindingsJson(const AnalysisRow& analysis);

// Indented, with a line break at its end.
std::string WriteIndexJson(const Index& index);

}  // namespace casepack::bundle
