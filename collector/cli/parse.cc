#include "collector/cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "collector/base/nearest.h"
#include "collector/cli/flags.h"

namespace casepack::cli {
namespace {

using base::Code;
using base::Status;

const Command* FindCommand(std::string_view name) {
  for (const Command& command : Commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

Status UnknownCommand(const std::string& word) {
  std::vector<std::string> names;
  for (const Command& command : Commands())
    names.emplace_back(command.name);
  return {Code::kInvalid,
          {"cli.unknown_command",
           {{"word", word}, {"nearest", std::string(base::Nearest(word, names))}}}};
}

Status UnknownFlag(const std::string& word, const Command& command) {
  const std::string typed = word.substr(0, word.find('='));
  std::vector<std::string> names;
  for (const Flag& flag : Flags()) {
    if (Applies(flag, command.name)) names.push_back("--" + std::string(flag.name));
  }
  return {Code::kInvalid,
          {"cli.unknown_flag",
           {{"word", typed},
            {"command", std::string(command.name)},
            {"nearest", std::string(base::Nearest(typed, names))}}}};
}

// A flag that stands alone but may have a value behind a `=`: the library would take the
// next word for it.
const Flag* FindMaybe(std::string_view word, const Command& command) {
  for (const Flag& flag : Flags()) {
    if (flag.arity != Arity::kMaybe || !Applies(flag, command.name)) continue;
    if (word.substr(0, 2) == "--" && word.substr(2) == flag.name) return &flag;
  }
  return nullptr;
}

// The library's option for each flag of the command.
std::map<const Flag*, CLI::Option*> AddFlags(CLI::App& app, const Command& command,
                                             Invocation& out) {
  std::map<const Flag*, CLI::Option*> options;
  for (const Flag& flag : Flags()) {
    if (!Applies(flag, command.name)) continue;
    std::string names = "--" + std::string(flag.name);
    if (flag.letter != 0) names += std::string(",-") + flag.letter;
    if (flag.arity == Arity::kSwitch) {
      options[&flag] = app.add_flag(names);
      continue;
    }
    auto& values = out.values[std::string(flag.name)];
    options[&flag] = app.add_option(names, values)->allow_extra_args(false)->take_all();
  }
  return options;
}

Status CheckArguments(const Invocation& invocation, const Command& command) {
  if (invocation.arguments.size() < command.least) {
    return {
        Code::kInvalid,
        {"cli.too_few",
         {{"command", std::string(command.name)}, {"arguments", std::string(command.arguments)}}}};
  }
  if (invocation.arguments.size() > command.most) {
    return {
        Code::kInvalid,
        {"cli.too_many",
         {{"command", std::string(command.name)}, {"word", invocation.arguments[command.most]}}}};
  }
  return {};
}

// As an unset variable of a script leaves it: to go on as if nothing was asked for would be
// another run than the one that was meant.
bool HasEmpty(const std::vector<std::string>& values) {
  return std::any_of(values.begin(), values.end(),
                     [](const std::string& value) { return value.empty(); });
}

// Options that were not given leave an empty list behind, switches none at all.
Status Settle(const std::map<const Flag*, CLI::Option*>& options, Invocation& invocation) {
  for (const auto& [flag, option] : options) {
    const std::string name(flag->name);
    if (option->count() == 0) {
      invocation.values.erase(name);
    } else if (flag->arity == Arity::kSwitch) {
      const auto& given = option->results();
      if (std::any_of(given.begin(), given.end(),
                      [](const std::string& value) { return value != "true"; })) {
        return {Code::kInvalid, {"cli.needs_value", {{"command", invocation.command}}}};
      }
      invocation.values[name];
    } else if (HasEmpty(invocation.values[name])) {
      return {Code::kInvalid, {"cli.empty_value", {{"flag", "--" + name}}}};
    } else if ((flag->arity == Arity::kOne || flag->arity == Arity::kMaybe) &&
               invocation.values[name].size() > 1) {
      return {Code::kInvalid, {"cli.twice", {{"flag", "--" + name}}}};
    }
  }
  return {};
}

base::Result<Invocation> ParseCommand(const Command& command, std::vector<std::string> words) {
  Invocation invocation;
  invocation.command = command.name;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  const auto options = AddFlags(app, command, invocation);
  for (std::string& word : words) {
    // The library would take the next word for its value.
    if (word.starts_with("--") && word.size() > 3 && word.find('=') == word.size() - 1) {
      return Status(Code::kInvalid,
                    {"cli.empty_value", {{"flag", word.substr(0, word.size() - 1)}}});
    }
    if (FindMaybe(word, command) != nullptr) word += "=" + std::string(kMaybeAlone);
    if (word == "--") break;
  }
  try {
    std::reverse(words.begin(), words.end());  // as the library wants it
    app.parse(words);
  } catch (const CLI::ArgumentMismatch& error) {
    return Status(Code::kInvalid, {"cli.needs_value", {{"command", invocation.command}}});
  } catch (const CLI::ParseError& error) {
    return Status(Code::kInvalid, {"cli.cannot_parse", {{"detail", error.what()}}});
  }
  for (const std::string& word : app.remaining()) {
    if (word.size() > 1 && word.front() == '-') return UnknownFlag(word, command);
    invocation.arguments.push_back(word);
  }
  RETURN_IF_ERROR(Settle(options, invocation));
  if (!invocation.Has("help")) RETURN_IF_ERROR(CheckArguments(invocation, command));
  return invocation;
}

}  // namespace

std::optional<std::string> Invocation::Value(std::string_view flag) const {
  const auto found = values.find(flag);
  if (found == values.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Invocation::Values(std::string_view flag) const {
  const auto found = values.find(flag);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

base::Result<Invocation> Parse(const std::vector<std::string>& words) {
  if (words.empty()) return ParseCommand(*FindCommand("help"), {});
  std::string name = words.front();
  if (name == "--help" || name == "-h") name = "help";
  if (name == "--version") name = "version";
  const Command* command = FindCommand(name);
  if (command == nullptr) return UnknownCommand(words.front());
  return ParseCommand(*command, {words.begin() + 1, words.end()});
}

}  // namespace casepack::cli
