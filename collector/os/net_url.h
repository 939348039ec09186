// Targets and proxies as people write them. Pure, any thread.
#pragma once

#include <string_view>

#include "collector/base/result.h"
#include "collector/os/net.h"

namespace casepack::os {

// A name that may be given to a resolver and to a program: letters, digits, '-', '_', '.',
// not beginning with '-'. An address counts too.
[[nodiscard]] bool IsHost(std::string_view text);

// tcp://host:port, tls://host:port, http://host[:port][/path], https://…, icmp://host,
// dns://name, ntp://host[:port]; host:port is tcp. IPv6 addresses in brackets. kInvalid.
base::Result<ProbeTarget> ParseTarget(std::string_view text);

// [http://][user:password@]host:port, the password %-encoded or not; any other scheme is
// kUnsupported. The message never holds what was given: it may be a password.
base::Result<ProbeProxy> ParseProxy(std::string_view text);

std::string_view SchemeName(ProbeScheme scheme);  // "tcp"

}  // namespace casepack::os
