// Names that match a pattern: `*` and `?` and `[a-z]` within one component, `**` for any
// number of folders. Literal components are taken as they are (links by Links::kTrusted);
// what a wildcard matched is never followed if it is a link, so that nobody who may write
// to a log folder can point us at another file. Any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "collector/base/time.h"
#include "collector/os/host.h"

namespace casepack::os {

struct GlobLimits {
  size_t visited = 1'000'000;  // names looked at
  base::Deadline deadline;
};

struct Found {
  std::string path;
  FileInfo info;        // of the name itself: a link is a link unless the pattern is literal
  base::Status status;  // not ok: the name matched, but could not be looked at
};

// Calls `each` for every match, in byte order of paths; false stops. kMissing when nothing
// matched, kFull or kTimedOut at a limit (what was found has been told by then).
base::Status Glob(const Host& host, std::string_view pattern, const GlobLimits& limits,
                  const std::function<bool(Found)>& each);

// One component against one name.
bool MatchName(std::string_view pattern, std::string_view name);
bool HasWildcard(std::string_view pattern);

}  // namespace casepack::os
