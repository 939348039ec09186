// Targets, all at the same time, in one loop over poll(2): no thread is made, and what
// hangs costs its layer's time and nothing else.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "collector/os/net.h"
#include "collector/os/net_dns.h"
#include "collector/os/net_tls.h"

namespace casepack::os {

// What the host says about how names and certificates are to be looked at.
struct ProbeSettings {
  std::string getent;  // absolute; empty: there is none
  ResolverSettings resolver;
  std::string roots_pem;
};

// A report for each target, in their order. Over by limits.whole; what was not finished by
// then has timed out.
std::vector<ProbeReport> RunProbes(const std::vector<ProbeTarget>& targets,
                                   const ProbeSettings& settings, const ProbeLimits& limits);

}  // namespace casepack::os
