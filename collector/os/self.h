// This process: what it costs the host, and how it keeps out of the way. Any thread.
#pragma once

#include <cstdint>

#include "collector/base/time.h"

namespace casepack::os {

// Low CPU priority (nice 10) and the lowest best-effort disk priority (ioprio_set(2)), for
// us and the programs that we start. Best effort.
void LowerPriority();

// The allocator keeps one pool for all threads: one for each would triple our memory.
void KeepMemorySmall();

// No core dump: our memory holds what has not been redacted yet.
void ForbidCoreDumps();

// Opens /dev/null for each of the standard streams that the caller closed: else the next
// file that we open would take its number, and what is printed would go into it. All other
// descriptors that the caller left open are kept from the programs that we start.
void EnsureStandardStreams();

struct Usage {
  base::Duration cpu{};      // this process and the children that it has waited for
  uint64_t peak_memory = 0;  // bytes, this process alone
};
Usage OwnUsage();

}  // namespace casepack::os
