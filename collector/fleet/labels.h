// Labels that a file gives to hosts, put into the table as if their bundles carried them. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/fleet/host_list.h"
#include "collector/fleet/table.h"

namespace casepack::fleet {

struct LabelsGiven {
  uint32_t hosts = 0;           // that got any
  uint32_t unknown = 0;         // rows of the file for hosts without a bundle
  uint32_t contradictions = 0;  // the file says something else than the bundle, or than itself
};

// The file is right where a bundle says something else; its first row where it contradicts
// itself.
LabelsGiven GiveLabels(Table& table, const std::vector<ListedHost>& list);

}  // namespace casepack::fleet
