#include "collector/cli/help.h"

#include <fmt/format.h>

#include "collector/base/time.h"
#include "collector/base/utf8.h"
#include "collector/cli/version.h"

namespace casepack::cli {
namespace {

using report::Language;
using report::Words;

constexpr size_t kFlagColumns = 30;

std::string Spelled(const Flag& flag) {
  std::string text = flag.letter == 0 ? "    " : fmt::format("-{}, ", flag.letter);
  text += fmt::format("--{}", flag.name);
  if (flag.arity == Arity::kMaybe) {
    text += fmt::format("[={}]", flag.value);
  } else if (!flag.value.empty()) {
    text += fmt::format(" {}", flag.value);
  }
  return text;
}

std::string FlagText(const Flag& flag, const Words& words, Language language) {
  return words.Text(language, fmt::format("flag.{}", flag.name));
}

// For roff: a dash is a hyphen unless it is escaped, a leading dot is a request.
std::string Roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if ((c == '.' || c == '\'') && out.empty()) {
      out += "\\&";
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

void ManFlags(std::string& out, const Command& command, const Words& words, Language language) {
  for (const Flag& flag : Flags()) {
    if (!Applies(flag, command.name)) continue;
    std::string spelled = Spelled(flag);
    spelled.erase(0, spelled.find('-'));
    out +=
        fmt::format(".TP\n\\fB{}\\fR\n{}\n", Roff(spelled), Roff(FlagText(flag, words, language)));
  }
}

}  // namespace

std::string Overview(const Words& words, Language language) {
  std::string out =
      fmt::format("casepack {}: {}\n\n{}\n", kVersion, words.Text(language, "help.about"),
                  words.Text(language, "help.usage"));
  for (const Command& command : Commands()) {
    const std::string left = fmt::format("  casepack {} {}", command.name, command.arguments);
    const std::string about = words.Text(language, fmt::format("command.{}", command.name));
    if (base::DisplayWidth(left) > kFlagColumns) {
      out += fmt::format("{}\n{}  {}\n", left, std::string(kFlagColumns, ' '), about);
    } else {
      out += fmt::format("{}  {}\n", base::FitColumns(left, kFlagColumns), about);
    }
  }
  return out + "\n" + words.Text(language, "help.more") + "\n" +
         words.Text(language, "help.exit_codes") + "\n";
}

std::string CommandHelp(const Command& command, const Words& words, Language language) {
  std::string out = fmt::format("casepack {} {}\n\n{}\n\n", command.name, command.arguments,
                                words.Text(language, fmt::format("command.{}", command.name)));
  for (const Flag& flag : Flags()) {
    if (!Applies(flag, command.name)) continue;
    out += fmt::format("  {}  {}\n", base::FitColumns(Spelled(flag), kFlagColumns),
                       FlagText(flag, words, language));
  }
  return out;
}

std::string ManPage(const Words& words, Language language) {
  std::string out = fmt::format(".TH CASEPACK 1 \"\" \"casepack {}\"\n", kVersion);
  out += fmt::format(".SH NAME\ncasepack \\- {}\n", Roff(words.Text(language, "help.about")));
  out += ".SH SYNOPSIS\n";
  for (const Command& command : Commands()) {
    out += fmt::format(".B casepack {}\n{}\n.br\n", command.name, Roff(command.arguments));
  }
  out += fmt::format(".SH DESCRIPTION\n{}\n", Roff(words.Text(language, "help.description")));
  for (const Command& command : Commands()) {
    out += fmt::format(".SH \"casepack {}\"\n{}\n", command.name,
                       Roff(words.Text(language, fmt::format("command.{}", command.name))));
    ManFlags(out, command, words, language);
  }
  out += fmt::format(".SH \"EXIT STATUS\"\n{}\n", Roff(words.Text(language, "help.exit_codes")));
  return out;
}

std::string BashCompletions() {
  std::string commands;
  std::string cases;
  for (const Command& command : Commands()) {
    commands += fmt::format("{} ", command.name);
    std::string flags;
    for (const Flag& flag : Flags()) {
      if (Applies(flag, command.name)) flags += fmt::format("--{} ", flag.name);
    }
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command.name, flags);
  }
  return fmt::format(
      "_casepack() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} words=\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"{}\"; else\n"
      "  case ${{COMP_WORDS[1]}} in\n{}  esac\n  fi\n"
      "  COMPREPLY=()\n"
      "  case $word in -*|'') COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;; esac\n"
      "  [ \"$COMP_CWORD\" -eq 1 ] && COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "  [ ${{#COMPREPLY[@]}} -gt 0 ] || COMPREPLY=($(compgen -f -- \"$word\"))\n"
      "}}\ncomplete -o filenames -F _casepack casepack\n",
      commands, cases);
}

}  // namespace casepack::cli
