#include <cstdio>
#include <cstdlib>

#include "collector/cli/app.h"
#include "collector/os/self.h"
#include "collector/os/signals.h"

int main(int argc, char** argv) {
  namespace cli = casepack::cli;
  namespace os = casepack::os;
  os::KeepMemorySmall();
  os::EnsureStandardStreams();
  os::ForbidCoreDumps();
  static casepack::base::StopFlag stop;  // the signal handler's
  os::StopOnSignals(&stop);
  const cli::CommandResult result = cli::Run({argv + 1, argv + argc}, stop);
  if (result.abandoned) {
    // A thread that hangs in the kernel still holds what exit() would take down.
    std::fflush(nullptr);
    std::_Exit(static_cast<int>(result.code));
  }
  return static_cast<int>(result.code);
}
