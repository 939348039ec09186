// From an error number of the system to what the program can branch on and the user can
// read. Pure functions, any thread.
#pragma once

#include <string>

#include "collector/base/result.h"

namespace casepack::os {

// "ENOSPC", or the number where the system has no name for it.
std::string ErrorName(int error);

// Of a name below the host's root: os.file.*
base::Status FileFailure(int error, const std::string& path);
// Of the root itself: os.root.*
base::Status RootFailure(int error, const std::string& path);
// Of what casepack writes: os.output.*
base::Status OutputFailure(int error, const std::string& path);

}  // namespace casepack::os
