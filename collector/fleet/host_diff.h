// One host beside the majority of the healthy ones: what is usual there and not here. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/fleet/table.h"

namespace casepack::fleet {

struct Unusual {
  std::string key;
  std::string value;  // of this host; empty: it has none, and is known to have none
  std::string usual;  // of most healthy ones; empty: they have none
  uint32_t with = 0;  // healthy hosts that are as usual,
  uint32_t told = 0;  // of those that tell
};

// The row of that host; of several bundles the newest. nullopt: no such host.
std::optional<uint32_t> FindHost(const std::vector<Host>& hosts, std::string_view name);

// What nearly all healthy hosts agree in comes first. Numbers that are measured are not
// compared.
std::vector<Unusual> Unlike(const Table& table, uint32_t row);

}  // namespace casepack::fleet
