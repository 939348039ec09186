// What a rule may look at: a stretch of text, and how far back and ahead it may trust it.
//
// A rule decides from at most kLookBehind bytes before and kLookAhead bytes after its
// trigger; the scanner shows it at least that much unless the input ends. That is the
// whole reason why the output cannot depend on how the input was cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casepack::redaction {

inline constexpr size_t kLookBehind = 1024;
inline constexpr size_t kLookAhead = 8192;
inline constexpr size_t kPeek = 256;  // what deciding about one delimiter may need
inline constexpr size_t kMaxName = 128;
inline constexpr size_t kMaxBlanks = 1024;
inline constexpr size_t kMaxPlain = 128;  // a longer value is never a placeholder

struct View {
  std::string_view text;
  size_t floor = 0;     // the end of the last replacement: no rule looks behind it
  uint64_t offset = 0;  // of text[0] in the whole input
  bool end = false;     // nothing comes after text

  // Outside of the text is '\0', which is in no input: the guard takes NUL bytes out.
  [[nodiscard]] char At(size_t i) const { return i < text.size() ? text[i] : '\0'; }
  [[nodiscard]] size_t ScanEnd() const {
    if (end) return text.size();
    return text.size() > kPeek ? text.size() - kPeek : 0;
  }
};

// ASCII only, whatever the locale.
constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAlpha(char c) { return IsUpper(c) || IsLower(c); }
constexpr bool IsAlnum(char c) { return IsAlpha(c) || IsDigit(c); }
constexpr bool IsWord(char c) { return IsAlnum(c) || c == '_'; }
constexpr bool IsName(char c) { return IsWord(c) || c == '-' || c == '.'; }
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool IsLineEnd(char c) { return c == '\n' || c == '\r' || c == '\0'; }
constexpr bool IsSpace(char c) { return IsBlank(c) || IsLineEnd(c) || c == '\f' || c == '\v'; }
constexpr bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }
constexpr char Lower(char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; }

constexpr bool SameLetters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (Lower(a[i]) != Lower(b[i])) return false;
  }
  return true;
}

inline bool StartsAt(const View& view, size_t at, std::string_view literal) {
  return view.At(at) == literal.front() && view.text.substr(at, literal.size()) == literal;
}

inline bool StartsAtAnyCase(const View& view, size_t at, std::string_view literal) {
  return at <= view.text.size() && SameLetters(view.text.substr(at, literal.size()), literal);
}

// The colours of a terminal, `ESC [ 3 1 m`: the place after it, or `at` when there is none.
inline size_t SkipColour(const View& view, size_t at) {
  if (view.At(at) != '\x1b' || view.At(at + 1) != '[') return at;
  size_t i = at + 2;
  while (i < at + 24 && (IsDigit(view.At(i)) || view.At(i) == ';'))
    ++i;
  return view.At(i) == 'm' ? i + 1 : at;
}

inline size_t SkipBlanks(const View& view, size_t at) {
  const size_t stop = at + kMaxBlanks;
  while (at < stop) {
    const size_t next = IsBlank(view.At(at)) ? at + 1 : SkipColour(view, at);
    if (next == at) break;
    at = next;
  }
  return at;
}

}  // namespace casepack::redaction
