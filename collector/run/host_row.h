// Who the host is, for the index: read from its own files, without running anything.
#pragma once

#include "collector/bundle/index.h"
#include "collector/os/host.h"

namespace casepack::run {

// The machine id is hashed with our name, as machine-id(5) asks for, so that the bundle
// tells hosts apart without telling the id.
bundle::HostRow DescribeHost(const os::Host& host);

// The value of a key in os-release(5), without its quotes; empty if it is not there.
std::string OsReleaseValue(std::string_view text, std::string_view key);

}  // namespace casepack::run
