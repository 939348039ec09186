// What was typed, checked against the flag table: words only, their meaning is given in
// the commands. The command-line library (CLI11) is seen by parse.cc alone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "collector/base/time.h"

namespace casepack::cli {

inline constexpr std::string_view kMaybeAlone = "all";  // the value of a kMaybe without one

struct Invocation {
  std::string command;
  std::vector<std::string> arguments;
  std::map<std::string, std::vector<std::string>, std::less<>> values;  // by flag name

  [[nodiscard]] bool Has(std::string_view flag) const { return values.find(flag) != values.end(); }
  // The last value given, or nullopt.
  [[nodiscard]] std::optional<std::string> Value(std::string_view flag) const;
  [[nodiscard]] std::vector<std::string> Values(std::string_view flag) const;
};

// kInvalid with the word that is wrong and the nearest right one. No words at all are
// `help`.
base::Result<Invocation> Parse(const std::vector<std::string>& words);

}  // namespace casepack::cli
