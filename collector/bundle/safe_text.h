// Short texts on their way into the index: error texts, paths, output of commands. Pure,
// any thread.
#pragma once

#include <string>
#include <string_view>

#include "redaction/stream.h"

namespace casepack::bundle {

// Redacted, safe to show on a terminal, at most about 4 KiB.
std::string SafeText(const redaction::EnginePtr& engine, std::string_view text,
                     redaction::Counts* counts);

}  // namespace casepack::bundle
