// What was named on the command line -> the bundles to read: files, folders with all that are
// below them, lists of files, and a list on standard input. One thread.
#pragma once

#include <string>
#include <vector>

#include "collector/base/result.h"

namespace casepack::cli {

// In the order of the words, a folder's sorted. A file that is not there stays: it becomes a
// row that says so. Fails only for a list that cannot be read (kMissing, kDenied, kFull).
base::Result<std::vector<std::string>> FleetPaths(const std::vector<std::string>& words);

// The lines of a list: blanks and `#` lines left out; if it holds zero bytes, they part it.
std::vector<std::string> PathsOfList(std::string_view text);

// All of a file, or of standard input ("-"), up to a bound (kFull beyond).
base::Result<std::string> ReadAll(const std::string& path, size_t max_bytes);

}  // namespace casepack::cli
