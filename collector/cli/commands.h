// The commands, a file each. Every one gets what was typed and returns the exit code; it
// prints through the console alone.
#pragma once

#include "collector/base/time.h"
#include "collector/cli/console.h"
#include "collector/cli/exit_code.h"
#include "collector/cli/parse.h"

namespace casepack::cli {

struct Session {
  Console& console;
  base::StopFlag& stop;
};

struct CommandResult {
  ExitCode code = ExitCode::kOk;
  // Threads that hang were left behind: end the process without waiting for them.
  bool abandoned = false;
};

CommandResult CollectCommand(Session& session, const Invocation& invocation);
CommandResult PlanCommand(Session& session, const Invocation& invocation);
CommandResult ShowCommand(Session& session, const Invocation& invocation);
CommandResult VerifyCommand(Session& session, const Invocation& invocation);
CommandResult ManifestCommand(Session& session, const Invocation& invocation);
CommandResult VersionCommand(Session& session, const Invocation& invocation);
CommandResult HelpCommand(Session& session, const Invocation& invocation);

}  // namespace casepack::cli
