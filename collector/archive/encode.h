// A filter put on: bytes go in, compressed bytes come out at the sink below. The same
// input gives the same output: no names, no times, one thread. Owns nothing but its state;
// the sink is lent.
#pragma once

#include <memory>

#include "collector/archive/filter.h"
#include "collector/os/output.h"

namespace casepack::archive {

// Commit ends the stream; the sink below is not committed by it. The first failure is
// kept. kNone passes the bytes on.
std::unique_ptr<os::ByteSink> OpenEncoder(os::ByteSink& out, Filter filter);

}  // namespace casepack::archive
