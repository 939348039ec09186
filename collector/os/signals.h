// Ctrl-C, SIGTERM and the SIGHUP of a remote shell that goes away raise a StopFlag, so
// that the run can seal what it has. A second one of them ends the process at once: by
// then nothing of ours has a name on disk. SIGPIPE and SIGXFSZ are ignored: a write says
// EPIPE or EFBIG. SIGCHLD is not, whatever our parent left us: else the exit status of a
// child cannot be had.
#pragma once

#include "collector/base/time.h"

namespace casepack::os {

// Once in a process, from its first thread. The flag lives as long as the process.
void StopOnSignals(base::StopFlag* flag);

}  // namespace casepack::os
