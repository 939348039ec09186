#include "collector/cli/app.h"

#include <algorithm>

#include "collector/base/json.h"
#include "collector/cli/settings.h"
#include "collector/cli/version.h"
#include "collector/fleet/digest.h"

namespace casepack::cli {
namespace {

struct Row {
  std::string_view name;
  ExitCode (*run)(Session&, const Invocation&);
};

constexpr Row kRows[] = {
    {"collect", CollectCommand},   {"plan", PlanCommand},       {"show", ShowCommand},
    {"analyze", AnalyzeCommand},   {"diff", DiffCommand},       {"verify", VerifyCommand},
    {"redact", RedactCommand},     {"reveal", RevealCommand},   {"rules", RulesCommand},
    {"manifest", ManifestCommand}, {"version", VersionCommand}, {"help", HelpCommand},
    {"probe", ProbeCommand},       {"dsm", DsmCommand},         {"fleet", FleetCommand},
};

ExitCode Dispatch(Session& session, Invocation invocation) {
  if (invocation.Has("help") && invocation.command != "help") {
    invocation.arguments = {invocation.command};
    invocation.command = "help";
    return HelpCommand(session, invocation);
  }
  for (const Row& row : kRows) {
    if (row.name == invocation.command) return row.run(session, invocation);
  }
  return ExitCode::kUsage;
}

// `collect --digest` owes a line also where it was not understood.
std::string UnparsedDigest(const report::Words& words, const base::Message& error) {
  const std::string text = words.Render(report::Language::kEnglish, error);
  return base::WriteJson(
      fleet::FailedDigestJson("", kVersion, static_cast<int>(ExitCode::kUsage), text),
      base::JsonStyle::kOneLine);
}

}  // namespace

ExitCode Run(const std::vector<std::string>& words, base::StopFlag& stop) {
  const report::Words catalogue;
  // Before anything was understood, the locale decides in which language we say so.
  Console console(catalogue, ChooseLanguage({}).value());
  const auto invocation = Parse(words);
  if (!invocation) {
    console.Error(invocation.error().message());
    const bool digest = std::find(words.begin(), words.end(), "--digest") != words.end();
    if (digest) console.OutLine(UnparsedDigest(catalogue, invocation.error().message()));
    return ExitCode::kUsage;
  }
  const auto language = ChooseLanguage(*invocation);
  if (!language) {
    console.Error(language.error().message());
    return ExitCode::kUsage;
  }
  console.set_language(*language);
  Session session{console, stop};
  ExitCode code = Dispatch(session, *invocation);
  if (!console.Flush() && code == ExitCode::kOk) {
    // A reader that has seen enough (`| head`) is no failure; nor is it one of a collect that
    // wrote its file, when its caller did not want to hear of it.
    const bool unwanted = console.closed() && invocation->command == "collect";
    const bool fine = console.reader_gone() || unwanted;
    if (!fine) console.Error({"cli.stdout_failed", {}});
    code = fine ? ExitCode::kOk : ExitCode::kNotWritten;
  }
  return code;
}

}  // namespace casepack::cli
