// The index as the text of index.json. Pure, any thread.
#pragma once

#include <string>

#include "collector/bundle/index.h"

namespace casepack::bundle {

// Indented, with a line break at its end.
std::string WriteIndexJson(const Index& index);

}  // namespace casepack::bundle
