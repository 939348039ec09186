// The fleet beside a list of the hosts that there should be: who is missing. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/fleet/host.h"
#include "collector/fleet/host_list.h"

namespace casepack::fleet {

struct Inventory {
  uint32_t listed = 0;               // different names
  uint32_t found = 0;                // with a bundle that counts
  std::vector<std::string> missing;  // listed, and without one; in the order of the list
  std::vector<std::string> unread;   // listed, and a bundle that could not be read names them
  std::vector<std::string> extra;    // not listed, and with a bundle
};

Inventory CompareInventory(const std::vector<Host>& hosts, const std::vector<ListedHost>& list);

}  // namespace casepack::fleet
