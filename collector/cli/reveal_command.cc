#include <array>

#include "collector/cli/commands.h"
#include "collector/cli/pseudonym_map.h"
#include "collector/os/output.h"
#include "collector/os/secret_file.h"
#include "collector/os/user_file.h"
#include "collector/os/user_input.h"

namespace casepack::cli {
namespace {

constexpr size_t kLongestLine = size_t{1} << 20;  // a longer one is revealed in parts

base::Status RevealAll(const Revealer& revealer, os::UserInput& in, os::ByteSink& out) {
  std::string line;
  std::array<char, 65536> buffer{};
  while (true) {
    ASSIGN_OR_RETURN(const size_t got, in.Read(buffer));
    line.append(buffer.data(), got);
    const size_t newline = line.rfind('\n');
    const bool over = got == 0 || line.size() > kLongestLine;
    const size_t ready = over ? line.size() : newline == std::string::npos ? 0 : newline + 1;
    RETURN_IF_ERROR(out.Write(revealer.Reveal(std::string_view(line).substr(0, ready))));
    line.erase(0, ready);
    if (got == 0) return out.Commit();
  }
}

}  // namespace

ExitCode RevealCommand(Session& session, const Invocation& invocation) {
  Console& console = session.console;
  const auto fail = [&](const base::Status& status, ExitCode code) {
    console.Error(status.message());
    return code;
  };
  const auto map = os::ReadUserFile(invocation.arguments[0], size_t{1} << 30);
  if (!map) return fail(map.error(), ExitCode::kUsage);
  const auto revealer = Revealer::Parse(*map);
  if (!revealer) return fail(revealer.error(), ExitCode::kUsage);
  auto in = os::UserInput::Open(invocation.arguments.size() > 1 ? invocation.arguments[1] : "-");
  if (!in) return fail(in.error(), ExitCode::kUsage);
  os::StandardOutput out;
  const base::Status status = RevealAll(*revealer, *in, out);
  return status.ok() ? ExitCode::kOk : fail(status, ExitCode::kNotWritten);
}

}  // namespace casepack::cli
