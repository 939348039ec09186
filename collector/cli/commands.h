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

ExitCode CollectCommand(Session& session, const Invocation& invocation);
ExitCode PlanCommand(Session& session, const Invocation& invocation);
ExitCode ProbeCommand(Session& session, const Invocation& invocation);
ExitCode DsmCommand(Session& session, const Invocation& invocation);
ExitCode ShowCommand(Session& session, const Invocation& invocation);
ExitCode AnalyzeCommand(Session& session, const Invocation& invocation);
ExitCode DiffCommand(Session& session, const Invocation& invocation);
ExitCode FleetCommand(Session& session, const Invocation& invocation);
ExitCode VerifyCommand(Session& session, const Invocation& invocation);
ExitCode RedactCommand(Session& session, const Invocation& invocation);
ExitCode RevealCommand(Session& session, const Invocation& invocation);
ExitCode RulesCommand(Session& session, const Invocation& invocation);
ExitCode ManifestCommand(Session& session, const Invocation& invocation);
ExitCode VersionCommand(Session& session, const Invocation& invocation);
ExitCode HelpCommand(Session& session, const Invocation& invocation);

}  // namespace casepack::cli
