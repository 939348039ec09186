// What is wrong in a manifest, and where. Data only.
#pragma once

#include <string>

#include "collector/base/json.h"
#include "collector/base/message.h"

namespace casepack::manifest {

struct Problem {
  std::string file;
  base::Place place;
  base::Message message;  // what is wrong and what was expected
  std::string nearest;    // "did you mean", or empty
};

}  // namespace casepack::manifest
