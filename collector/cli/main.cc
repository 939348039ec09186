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
  const cli::ExitCode code = cli::Run({argv + 1, argv + argc}, stop);
  // A thread that hangs in the kernel may have been left behind, and still holds what
  // exit() would take down.
  std::fflush(nullptr);
  std::_Exit(static_cast<int>(code));
}
