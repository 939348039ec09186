// What the host's own programs get for a name: getent(1), which goes through all that
// nsswitch.conf(5) names (hosts file, DNS, sssd, mDNS). We are static and must not load
// those ourselves.
#pragma once

#include <optional>
#include <string>

#include "collector/os/child.h"
#include "collector/os/net_part.h"
#include "collector/os/net_waits.h"

namespace casepack::os {

class NameLookup : public NetPart<NameView> {
 public:
  // `getent` is its absolute path; empty: skipped, "no_getent".
  NameLookup(const std::string& getent, const std::string& name, base::Instant end);
  void Step();
  void Wait(Waits& waits) const;

 private:
  std::optional<Child> child_;
  std::string output_;
};

// The addresses in the output of `getent ahosts`, each once, in its order.
std::vector<std::string> ParseAhosts(std::string_view output);

}  // namespace casepack::os
