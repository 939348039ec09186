#include "collector/cli/app.h"

#include "collector/cli/settings.h"

namespace casepack::cli {
namespace {

struct Row {
  std::string_view name;
  CommandResult (*run)(Session&, const Invocation&);
};

constexpr Row kRows[] = {
    {"collect", CollectCommand}, {"plan", PlanCommand},       {"show", ShowCommand}, {"verify", VerifyCommand},
    {"manifest", ManifestCommand}, {"version", VersionCommand}, {"help", HelpCommand},
};

CommandResult Dispatch(Session& session, Invocation invocation) {
  if (invocation.Has("help") && invocation.command != "help") {
    invocation.arguments = {invocation.command};
    invocation.command = "help";
    return HelpCommand(session, invocation);
  }
  for (const Row& row : kRows) {
    if (row.name == invocation.command) return row.run(session, invocation);
  }
  return {ExitCode::kUsage, false};
}

}  // namespace

CommandResult Run(const std::vector<std::string>& words, base::StopFlag& stop) {
  const report::Words catalogue;
  // Before anything was understood, the locale decides in which language we say so.
  Console console(catalogue, ChooseLanguage({}).value());
  const auto invocation = Parse(words);
  if (!invocation) {
    console.Error(invocation.error().message());
    return {ExitCode::kUsage, false};
  }
  const auto language = ChooseLanguage(*invocation);
  if (!language) {
    console.Error(language.error().message());
    return {ExitCode::kUsage, false};
  }
  console.set_language(*language);
  Session session{console, stop};
  CommandResult result = Dispatch(session, *invocation);
  if (!console.Flush() && result.code == ExitCode::kOk) {
    console.Error({"cli.stdout_failed", {}});
    result.code = ExitCode::kNotWritten;
  }
  return result;
}

}  // namespace casepack::cli
