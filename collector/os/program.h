// Which program a name stands for, and whether root may run it. Any thread.
#pragma once

#include <string>

#include "collector/base/result.h"
#include "collector/os/walk.h"

namespace casepack::os {

// See Host::FindProgram. For a user that is not root any program goes; root runs none that
// someone else could have put there.
base::Result<std::string> FindProgramBelow(const Walker& walker, const std::string& name,
                                           Walker::Trust trust);

}  // namespace casepack::os
