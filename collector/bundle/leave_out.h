// Making a bundle smaller: whole members go, those of the lowest priority first. Pure but
// for the rows that it changes.
#pragma once

#include <cstdint>
#include <functional>

#include "collector/bundle/index.h"

namespace casepack::bundle {

// Takes members out of their items and into left_out until at least `excess` bytes of the
// finished file are saved, as `size_of` tells them; within a priority the last item's last
// member goes first. Tells what was saved; less than asked when no member is left.
uint64_t LeaveOut(Index& index, uint64_t excess, const Text& reason,
                  const std::function<uint64_t(const MemberRow&)>& size_of);

}  // namespace casepack::bundle
