#include <fmt/format.h>

#include "collector/base/json.h"
#include "collector/base/units.h"
#include "collector/base/utf8.h"
#include "collector/bundle/verify.h"
#include "collector/cli/commands.h"
#include "collector/cli/settings.h"

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
  base::Json secrets{base::Json::Array()};
  for (const auto& secret : verified.secrets) {
    base::Json row;
    row.Set("member", base::Visible(secret.member));
    row.Set("rule", secret.rule);
    row.Set("line", secret.line);
    secrets.Push(std::move(row));
  }
  base::Json json;
  json.Set("members", verified.members);
  json.Set("bytes", verified.bytes);
  json.Set("problems", std::move(problems));
  json.Set("secrets", std::move(secrets));
  return json;
}

ExitCode CodeOf(const bundle::Verified& verified) {
  if (!verified.secrets.empty()) return ExitCode::kSecretFound;
  return verified.problems.empty() ? ExitCode::kOk : ExitCode::kIncomplete;
}

// With --pseudonymize, this host's own names are looked for: on the host that made it.
std::shared_ptr<const os::Host> HostIfAsked(const Invocation& invocation) {
  if (!invocation.Has("pseudonymize")) return nullptr;
  auto host = HostOf(invocation);
  return host ? std::move(*host) : nullptr;
}

}  // namespace

ExitCode VerifyCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto reader = bundle::Reader::Open(invocation.arguments[0]);
  if (!reader) {
    console.Error(reader.error().message());
    return reader.error().code() == base::Code::kMissing ? ExitCode::kUsage : ExitCode::kIncomplete;
  }
  const auto redaction = RedactionOrReport(invocation, HostIfAsked(invocation).get(), console);
  if (!redaction) return ExitCode::kUsage;
  const bundle::Verified verified = bundle::Verify(**reader, redaction->engine);
  const ExitCode code = CodeOf(verified);
  if (invocation.Has("json")) {
    console.OutLine(base::WriteJson(ToJson(verified, console), base::JsonStyle::kOneLine));
    return code;
  }
  for (const auto& problem : verified.problems) {
    console.OutLine(base::Visible(problem.member) + ": " +
                    base::Visible(console.Render(problem.message)));
  }
  for (const auto& secret : verified.secrets) {
    console.OutLine(base::Visible(console.Render({"cli.verify.secret",
                                                  {{"member", secret.member},
                                                   {"rule", secret.rule},
                                                   {"line", fmt::to_string(secret.line)}}})));
  }
  const char* key = !verified.secrets.empty()   ? "cli.verify.secrets"
                    : verified.problems.empty() ? "cli.verify.good"
                                                : "cli.verify.bad";
  console.OutLine(console.Render({key,
                                  {{"members", fmt::to_string(verified.members)},
                                   {"bytes", base::FormatSize(verified.bytes)},
                                   {"problems", fmt::to_string(verified.problems.size())},
                                   {"secrets", fmt::to_string(verified.secrets.size())}}}));
  return code;
}

}  // namespace casepack::cli
