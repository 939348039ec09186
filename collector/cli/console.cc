#include "collector/cli/console.h"

#include <cerrno>
#include <cstdio>

#include "collector/base/utf8.h"

namespace casepack::cli {

bool Console::Out(std::string_view text) {
  if (std::ferror(stdout) != 0) return false;
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written) NoteFailure();
  return written;
}

void Console::NoteFailure() {
  reader_gone_ = reader_gone_ || errno == EPIPE;
  closed_ = closed_ || errno == EBADF;
}

void Console::OutLine(std::string_view text) {
  Out(text);
  Out("\n");
}

void Console::ErrLine(std::string_view text) {
  std::fflush(stdout);  // so that the two keep their order on a terminal
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

bool Console::Flush() {
  errno = 0;
  const bool flushed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (!flushed) NoteFailure();
  return flushed;
}

void Console::Error(const base::Message& message) {
  ErrLine("casepack: " + Text("cli.error") + ": " + base::Visible(Render(message)));
  for (const auto& [name, value] : message.args) {
    if (name == "nearest" && !value.empty()) {
      ErrLine("  " + base::Visible(Render({"cli.did_you_mean", {{"word", value}}})));
    }
  }
  const std::string hint = message.key + ".hint";
  if (words_.Has(hint)) ErrLine("  " + base::Visible(Render({hint, message.args})));
}

}  // namespace casepack::cli
