// Ctrl-C, SIGTERM and the SIGHUP of a remote shell that goes away raise a StopFlag, so
// that the run can seal what it has. A second Ctrl-C, a second later, ends the process at
// once; what the caller had us ignore (nohup) stays ignored. SIGPIPE and SIGXFSZ are ignored: a
// write says EPIPE or EFBIG. SIGCHLD is not, whatever our parent left us: else the exit status of a
// child cannot be had.
#pragma once

#include "collector/base/time.h"

namespace casepack::os {

// Once in a process, from its first thread. The flag lives as long as the process.
void StopOnSignals(base::StopFlag* flag);

}  // namespace casepack::os
