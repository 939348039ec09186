// Files that hold a secret of the user's: named on the command line, and nobody else's to
// read. Any thread.
#pragma once

#include <string>

#include "collector/base/result.h"

namespace casepack::os {

// At most 64 KiB of a regular file. kRefused when its group or others may read it, or
// when it belongs to someone else than us or root; kMissing, kDenied, kFull.
base::Result<std::string> ReadSecretFile(const std::string& path);

}  // namespace casepack::os
