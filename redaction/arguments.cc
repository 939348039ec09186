#include <algorithm>

#include "redaction/marker.h"
#include "redaction/match.h"
#include "redaction/names.h"
#include "redaction/stream.h"

namespace casepack::redaction {
namespace {

// The program, by its last path part and without ".exe".
const CommandRule* CommandOf(std::string_view argument) {
  const size_t slash = argument.find_last_of("/\\");
  if (slash != std::string_view::npos) argument.remove_prefix(slash + 1);
  if (argument.size() > 4 && SameLetters(argument.substr(argument.size() - 4), ".exe")) {
    argument.remove_suffix(4);
  }
  const auto* found =
      std::find_if(kCommands.begin(), kCommands.end(),
                   [&](const CommandRule& rule) { return SameLetters(rule.name, argument); });
  return found == kCommands.end() ? nullptr : found;
}

bool Has(std::string_view letters, char c) { return letters.find(c) != std::string_view::npos; }

std::string Marked(std::string_view kept, std::string_view rule, Counts* counts) {
  std::string out(kept);
  AppendMarker(&out, rule, counts);
  return out;
}

// `argument` belongs to the option before it. Empty: it is nothing special.
std::string ArgumentOf(std::string_view option, std::string_view argument,
                       const CommandRule* command, Counts* counts) {
  if (option.size() < 2 || option[0] != '-' || IsPlaceholder(argument)) return {};
  if (option.size() == 2 && command != nullptr) {
    if (Has(command->secrets, option[1])) return Marked("", id::kCommandPassword, counts);
    const size_t colon = argument.find(':');
    if (Has(command->pairs, option[1]) && colon != std::string_view::npos) {
      if (IsPlaceholder(argument.substr(colon + 1))) return {};
      return Marked(argument.substr(0, colon + 1), id::kCommandPassword, counts);
    }
    return {};
  }
  if (argument.substr(0, 2) == "--" || !std::all_of(option.begin(), option.end(), IsName))
    return {};
  const NameRule* rule = ClassifyName(option.substr(option[1] == '-' ? 2 : 1));
  if (rule == nullptr || MayStay(argument, rule->strength)) return {};
  return Marked("", rule->id, counts);
}

}  // namespace

std::vector<std::string> RedactArguments(const EnginePtr& engine,
                                         const std::vector<std::string>& arguments,
                                         Counts* counts) {
  std::vector<std::string> out;
  out.reserve(arguments.size());
  const CommandRule* command = nullptr;
  std::string_view before;
  for (const std::string& argument : arguments) {
    std::string safe = ArgumentOf(before, argument, command, counts);
    const bool attached = command != nullptr && argument.size() > 2 && argument[0] == '-' &&
                          Has(command->attached, argument[1]) &&
                          !IsPlaceholder(std::string_view(argument).substr(2));
    if (safe.empty() && attached) {
      safe = Marked(std::string_view(argument).substr(0, 2), id::kCommandPassword, counts);
    }
    out.push_back(safe.empty() ? RedactText(engine, argument, counts) : std::move(safe));
    if (const CommandRule* named = CommandOf(argument); named != nullptr) command = named;
    before = argument;
  }
  return out;
}

}  // namespace casepack::redaction
