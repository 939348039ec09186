// /proc/PID/stat as values, and numbers as /proc writes them. A piece of processes alone;
// pure functions.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/os/read.h"

namespace casepack::kinds::processes {

inline std::optional<int64_t> Number(std::string_view text) {
  text = os::Trim(text);
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return number;
}

// /proc/PID/stat, as far as it is of use: proc_pid_stat(5).
struct Stat {
  std::string name;
  char state = '?';
  int64_t parent = 0;
  int64_t ticks = 0;  // user and system
  int64_t threads = 0;
  int64_t started = 0;  // ticks after the boot
  int64_t virtual_bytes = 0;
};

inline std::optional<Stat> ParseStat(std::string_view text) {
  // The name may hold anything, blanks and brackets too.
  const size_t open = text.find('(');
  const size_t close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) {
    return std::nullopt;
  }
  Stat stat;
  stat.name = text.substr(open + 1, close - open - 1);
  std::vector<std::string_view> fields;
  std::string_view rest = text.substr(close + 1);
  while (true) {
    rest = os::Trim(rest);
    if (rest.empty()) break;
    const size_t end = std::min(rest.find(' '), rest.size());
    fields.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  if (fields.size() < 21) return std::nullopt;
  // Numbered as in the manual page, where the state is field 3.
  const auto field = [&](size_t number) { return Number(fields[number - 3]).value_or(0); };
  stat.state = fields[0].front();
  stat.parent = field(4);
  stat.ticks = field(14) + field(15);
  stat.threads = field(20);
  stat.started = field(22);
  stat.virtual_bytes = field(23);
  return stat;
}

}  // namespace casepack::kinds::processes
