#include "collector/cli/console.h"

#include <cstdio>

#include "collector/base/utf8.h"

namespace casepack::cli {

void Console::Out(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void Console::OutLine(std::string_view text) {
  Out(text);
  Out("\n");
}

void Console::ErrLine(std::string_view text) {
  std::fflush(stdout);  // so that the two keep their order on a terminal
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fputc('\n', stderr);
}

void Console::Error(const base::Message& message) { Say("cli.error", message); }
void Console::Warning(const base::Message& message) { Say("cli.warning", message); }

bool Console::Flush() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

void Console::Say(std::string_view level_key, const base::Message& message) {
  ErrLine("casepack: " + Text(level_key) + ": " + base::Visible(Render(message)));
  for (const auto& [name, value] : message.args) {
    if (name == "nearest" && !value.empty()) {
      ErrLine("  " + base::Visible(Render({"cli.did_you_mean", {{"word", value}}})));
    }
  }
  const std::string hint = message.key + ".hint";
  if (words_.Has(hint)) ErrLine("  " + base::Visible(Render({hint, message.args})));
}

}  // namespace casepack::cli
