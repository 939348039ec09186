#include <fmt/format.h>

#include "collector/base/nearest.h"
#include "collector/base/utf8.h"
#include "collector/cli/commands.h"
#include "collector/cli/flags.h"
#include "collector/cli/help.h"

namespace casepack::cli {

ExitCode HelpCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  if (invocation.Has("man")) {
    console.Out(ManPage(console.words(), console.language()));
    return ExitCode::kOk;
  }
  if (invocation.Has("completions")) {
    console.Out(BashCompletions());
    return ExitCode::kOk;
  }
  if (invocation.arguments.empty()) {
    console.Out(Overview(console.words(), console.language()));
    return ExitCode::kOk;
  }
  std::vector<std::string> names;
  for (const Command& command : Commands()) {
    if (command.name == invocation.arguments[0]) {
      console.Out(CommandHelp(command, console.words(), console.language()));
      return ExitCode::kOk;
    }
    names.emplace_back(command.name);
  }
  const std::string& word = invocation.arguments[0];
  console.Error({"cli.unknown_command",
                 {{"word", word}, {"nearest", std::string(base::Nearest(word, names))}}});
  return ExitCode::kUsage;
}

}  // namespace casepack::cli
