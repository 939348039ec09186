// Affected hosts that differ from one another: several causes at once. The strongest separator
// takes its hosts; of those left, the strongest again; until nothing parts the rest from the
// healthy. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "collector/fleet/separators.h"

namespace casepack::fleet {

struct Group {
  Separator separator;         // of its hosts and those left then, against the healthy
  std::vector<uint32_t> rows;  // affected hosts with that trait
};

struct Groups {
  std::vector<Group> found;
  std::vector<uint32_t> hidden;  // affected hosts that do not tell what the groups have
  std::vector<uint32_t> rest;    // and those that nothing parts from the healthy
};

// `first`: the separators of the whole sample, which are known already.
Groups FindGroups(const Table& table, const Sample& sample, const Separators& first);

}  // namespace casepack::fleet
