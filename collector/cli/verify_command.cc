#include <fmt/format.h>

#include "collector/base/json.h"
#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/bundle/verify.h"
#include "collector/cli/commands.h"

namespace casepack::cli {
namespace {

base::Json ToJson(const bundle::Verified& verified, const Console& console) {
  base::Json problems{base::Json::Array()};
  for (const auto& problem : verified.problems) {
    base::Json row;
    row.Set("member", base::Visible(problem.member));
    row.Set("problem", base::Visible(console.Render(problem.message)));
    problems.Push(std::move(row));
  }
  base::Json json;
  json.Set("members", verified.members);
  json.Set("bytes", verified.bytes);
  json.Set("problems", std::move(problems));
  return json;
}

}  // namespace

ExitCode VerifyCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto reader = bundle::Reader::Open(invocation.arguments[0]);
  if (!reader) {
    console.Error(reader.error().message());
    return reader.error().code() == base::Code::kMissing ? ExitCode::kUsage : ExitCode::kIncomplete;
  }
  const bundle::Verified verified = bundle::Verify(**reader);
  const ExitCode code = verified.problems.empty() ? ExitCode::kOk : ExitCode::kIncomplete;
  if (invocation.Has("json")) {
    console.OutLine(base::WriteJson(ToJson(verified, console), base::JsonStyle::kOneLine));
    return code;
  }
  for (const auto& problem : verified.problems) {
    console.OutLine(base::Visible(problem.member) + ": " +
                    base::Visible(console.Render(problem.message)));
  }
  const char* key = verified.problems.empty() ? "cli.verify.good" : "cli.verify.bad";
  console.OutLine(console.Render({key,
                                  {{"members", fmt::to_string(verified.members)},
                                   {"bytes", base::FormatSize(verified.bytes)},
                                   {"problems", fmt::to_string(verified.problems.size())}}}));
  return code;
}

}  // namespace casepack::cli
