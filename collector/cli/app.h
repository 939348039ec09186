// The whole program: words typed in, exit code out.
#pragma once

#include <string>
#include <vector>

#include "collector/base/time.h"
#include "collector/cli/commands.h"

namespace casepack::cli {

ExitCode Run(const std::vector<std::string>& words, base::StopFlag& stop);

}  // namespace casepack::cli
