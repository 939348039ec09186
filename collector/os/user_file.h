// Files that the user named on the command line: of this machine and by the user's own
// right, whatever root is looked at. Any thread.
#pragma once

#include <cstdint>
#include <string>

#include "collector/base/result.h"

namespace casepack::os {

// kMissing, kDenied, kFull beyond max_bytes.
base::Result<std::string> ReadUserFile(const std::string& path, size_t max_bytes = 16U << 20U);

[[nodiscard]] bool IsFolder(const std::string& path);

}  // namespace casepack::os
