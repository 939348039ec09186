// Many bundles -> a table: their first members, read by a few threads. Nothing stops it: what
// cannot be read is a row with its reason. Of several bundles of one host the newest counts.
#pragma once

#include <string>
#include <vector>

#include "collector/base/time.h"
#include "collector/fleet/table.h"

namespace casepack::fleet {

// Labels that every bundle of a host carries stand under this and their name; what its index
// says of the host itself under these.
inline constexpr std::string_view kLabelKey = "label.";
inline constexpr std::string_view kOsKey = "index.os";
inline constexpr std::string_view kKernelKey = "index.kernel";
inline constexpr std::string_view kRolesKey = "index.roles";
inline constexpr std::string_view kToolKey = "index.casepack";

// "agent+relay"
std::string RolesText(const std::vector<std::string>& roles);

struct LoadOptions {
  unsigned threads = 0;  // 0: as many as there are processors, eight at most
  const base::StopFlag* stop = nullptr;
};

// Rows in the order of the paths.
Table Load(const std::vector<std::string>& paths, const LoadOptions& options);

}  // namespace casepack::fleet
