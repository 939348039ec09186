#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

#include "collector/os/terminal.h"

namespace casepack::os {
namespace {

int Handle(StandardStream stream) {
  switch (stream) {
    case StandardStream::kIn:
      return STDIN_FILENO;
    case StandardStream::kOut:
      return STDOUT_FILENO;
    case StandardStream::kErr:
      break;
  }
  return STDERR_FILENO;
}

}  // namespace

bool IsTerminal(StandardStream stream) { return isatty(Handle(stream)) == 1; }

size_t TerminalColumns(StandardStream stream) {
  winsize size{};
  if (ioctl(Handle(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

std::optional<std::string> Environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

}  // namespace casepack::os
