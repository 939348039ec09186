// How this host looks at names and certificates, read from its files. Any thread.
#pragma once

#include "collector/os/host.h"
#include "collector/os/net_probe.h"

namespace casepack::os {

// getent(1), resolv.conf(5) and the bundle of trusted roots, as far as they are there.
ProbeSettings ProbeSettingsOf(const Host& host);

}  // namespace casepack::os
