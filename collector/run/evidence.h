// Looks for the newest line that shows that the error happened: from the ends of the logs
// backwards, so that the cost does not follow their size. One call, one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/base/time.h"
#include "collector/manifest/manifest.h"
#include "collector/os/host.h"
#include "collector/records/window.h"

namespace casepack::run {

struct Sighting {
  std::string evidence;  // its id
  std::string path;
  std::string line;  // as it stands there, at most 1,000 bytes: not redacted yet
  base::Timestamp time{};
};

struct EvidenceLimits {
  uint64_t bytes_each = 64U << 20U;  // of a log, from its end
  size_t files_each = 8;             // of an evidence, those changed last
  base::Deadline deadline;
};

// Plain files only: what shows a case of today is not compressed yet. Times after `now`
// (and five minutes) are none.
std::optional<Sighting> FindEvidence(const os::Host& host,
                                     const std::vector<const manifest::Evidence*>& evidence,
                                     const records::Zone& zone, base::Timestamp now,
                                     const EvidenceLimits& limits);

}  // namespace casepack::run
