// What will stand where in the finished file. Made once all rows are final, by one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/base/result.h"
#include "collector/bundle/index.h"
#include "collector/bundle/spool.h"

namespace casepack::bundle {

struct Placed {
  MemberRow* row = nullptr;  // in the index, which keeps still meanwhile
  const Stored* stored = nullptr;
};

// Every member in the index's order. kFailed for a row that the spool does not know.
base::Result<std::vector<Placed>> MembersOf(Index& index, const Spool& spool);

// Fills in where each member stands behind the first block.
void Place(const std::vector<Placed>& members);

// The totals, and an id that is the same for the same content.
void FillTotals(Index& index);
std::string BundleId(const Index& index);

}  // namespace casepack::bundle
