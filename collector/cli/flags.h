// The commands and their flags as one table: the parser, the help, the man page and the
// completions come from it. A new flag is a row here and a text in the catalogue
// ("flag.<name>"; a command's is "command.<name>").
#pragma once

#include <span>
#include <string_view>

namespace casepack::cli {

// kMaybe: alone, or with a value behind a `=`.
enum class Arity { kSwitch, kMaybe, kOne, kMany };

struct Flag {
  std::string_view name;   // without the dashes
  char letter;             // 0: none
  std::string_view value;  // what stands behind it in the help, "FILE"; empty for a switch
  Arity arity;
  std::string_view commands;  // "collect plan": where it applies
};

struct Command {
  std::string_view name;
  std::string_view arguments;  // as the help shows them: "BUNDLE [MEMBER]"
  size_t least;
  size_t most;
};

std::span<const Flag> Flags();
std::span<const Command> Commands();

[[nodiscard]] bool Applies(const Flag& flag, std::string_view command);

}  // namespace casepack::cli
