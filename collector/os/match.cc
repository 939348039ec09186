// One component of a pattern against one name: MatchName and HasWildcard of glob.h.
#include <algorithm>
#include <optional>

#include "collector/os/glob.h"

namespace casepack::os {
namespace {

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The length of the character at `at`: one byte, or all of a UTF-8 sequence. A byte that
// is not UTF-8 counts with those behind it, so that `?` matches it as well.
size_t CharacterAt(std::string_view name, size_t at) {
  size_t length = 1;
  while (at + length < name.size() && length < 4 && IsContinuation(name[at + length]))
    ++length;
  return length;
}

struct Set {
  size_t length = 0;  // of the set in the pattern, with its brackets
  bool holds = false;
};

// `[a-z]` or `[!a-z]` at the start of the pattern; nullopt if it is never closed and so
// means itself.
std::optional<Set> SetAt(std::string_view pattern, char c) {
  size_t i = 1;
  const bool inverse = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (inverse) ++i;
  const size_t first = i;
  const auto byte = static_cast<unsigned char>(c);
  bool found = false;
  for (; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
    const auto low = static_cast<unsigned char>(pattern[i]);
    unsigned char high = low;
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      high = static_cast<unsigned char>(pattern[i + 2]);
      i += 2;
    }
    found = found || (low <= byte && byte <= high);
  }
  if (i >= pattern.size()) return std::nullopt;
  return Set{i + 1, found != inverse};
}

struct Step {
  size_t pattern = 0;
  size_t name = 0;
};

// What one element of the pattern, not `*`, takes of the name; nullopt if they differ.
std::optional<Step> Take(std::string_view pattern, std::string_view name, size_t at) {
  if (pattern.empty() || at >= name.size()) return std::nullopt;
  if (pattern[0] == '?') return Step{1, CharacterAt(name, at)};
  if (pattern[0] == '[') {
    if (const auto set = SetAt(pattern, name[at])) {
      if (!set->holds) return std::nullopt;
      return Step{set->length, CharacterAt(name, at)};
    }
  }
  if (pattern[0] != name[at]) return std::nullopt;
  return Step{1, 1};
}

}  // namespace

bool MatchName(std::string_view pattern, std::string_view name) {
  size_t p = 0;
  size_t n = 0;
  // Back to the last `*`, which then takes one byte more: never further back.
  size_t star = std::string_view::npos;
  size_t star_name = 0;
  while (n < name.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_name = n;
      continue;
    }
    if (const auto step = Take(pattern.substr(std::min(p, pattern.size())), name, n)) {
      p += step->pattern;
      n += step->name;
      continue;
    }
    if (star == std::string_view::npos || star_name >= name.size()) return false;
    p = star + 1;
    n = ++star_name;
  }
  return true;
}

bool HasWildcard(std::string_view pattern) {
  return pattern.find_first_of("*?[") != std::string_view::npos;
}

}  // namespace casepack::os
