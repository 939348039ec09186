// Runs one program to its end, or ends it: see Host::Run. Any number of threads at the
// same time; no signal handler, no thread of its own.
#pragma once

#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/os/command.h"

namespace casepack::os {

base::Result<Exit> RunCommand(const Command& command, const base::Deadline& deadline,
                              const OutputSink& sink);

}  // namespace casepack::os
