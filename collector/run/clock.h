// The zone that a run reads and speaks in: given, or the host's own. Any thread.
#pragma once

#include <string>

#include "collector/base/result.h"
#include "collector/os/host.h"
#include "collector/records/window.h"

namespace casepack::run {

// A window without a span. `given`: "+09:00", "JST" or a name of the zone database, as of
// `--time-zone`; empty: what the host's /etc/localtime says, else UTC. kInvalid when there
// is no such zone, or the name is none.
base::Result<records::Window> ReadClock(const os::Host& host, const std::string& given);

}  // namespace casepack::run
