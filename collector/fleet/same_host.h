// Several bundles of one host: the newest counts, the others are its history; the same bundle
// twice counts once. Pure.
#pragma once

#include <vector>

#include "collector/fleet/host.h"

namespace casepack::fleet {

// One host: the same name and the same machine id. Cloned machines have one id and two names,
// and are two hosts; so is a machine before and after it was renamed.
void SettleSameHosts(std::vector<Host>& hosts);

}  // namespace casepack::fleet
