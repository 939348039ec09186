// What stands before a place in the view, never behind its floor.
#pragma once

#include <cstddef>
#include <string_view>

#include "redaction/view.h"

namespace casepack::redaction {

constexpr bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
// Only of IsHex().
constexpr int HexValue(char c) { return IsDigit(c) ? c - '0' : Lower(c) - 'a' + 10; }

// '\0' at the floor: what was there is gone.
inline char Before(const View& view, size_t i) { return i > view.floor ? view.text[i - 1] : '\0'; }

// Does an escape end at `i`: `%3A`, `\n`, `\u003d`? Then *at is its first byte and *c what
// it stands for; else they are the byte before `i`.
inline void StepBack(const View& view, size_t i, char* c, size_t* at) {
  *c = Before(view, i);
  *at = i > view.floor ? i - 1 : i;
  if (!IsAlnum(*c)) return;
  if (i >= view.floor + 2 && view.text[i - 2] == '\\' &&
      std::string_view("nrtfbv").find(*c) != std::string_view::npos) {
    *c = *c == 't' ? '\t' : '\n';
    *at = i - 2;
    return;
  }
  if (!IsHex(*c) || i < view.floor + 3 || !IsHex(view.text[i - 2])) return;
  const char decoded = static_cast<char>(HexValue(view.text[i - 2]) * 16 + HexValue(*c));
  if (view.text[i - 3] == '%') {
    *c = decoded;
    *at = i - 3;
  } else if (i >= view.floor + 6 && view.text.substr(i - 6, 4) == "\\u00") {
    *c = decoded;
    *at = i - 6;
  }
}

// The last bytes before `end` for which `wanted` is true, `most` at most.
template <typename Wanted>
std::string_view RunBefore(const View& view, size_t end, size_t most, Wanted wanted) {
  size_t begin = end;
  while (begin > view.floor && end - begin < most && wanted(view.text[begin - 1]))
    --begin;
  return view.text.substr(begin, end - begin);
}

}  // namespace casepack::redaction
