#include <fmt/format.h>

#include "collector/base/json.h"
#include "collector/bundle/format.h"
#include "collector/cli/commands.h"
#include "collector/cli/version.h"

namespace casepack::cli {

ExitCode VersionCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  if (invocation.Has("json")) {
    base::Json json;
    json.Set("version", kVersion);
    json.Set("commit", kCommit);
    json.Set("bundle_format", bundle::kFormatName);
    console.OutLine(base::WriteJson(json, base::JsonStyle::kOneLine));
    return ExitCode::kOk;
  }
  console.OutLine(fmt::format("casepack {} ({})", kVersion, kCommit));
  return ExitCode::kOk;
}

}  // namespace casepack::cli
