// What a rule may look at: a stretch of text, and how far back and ahead it may trust it.
//
// A rule decides from at most kLookBehind bytes before and kLookAhead bytes after its
// trigger; the scanner shows it at least that much unless the input ends. That is the
// whole reason why the output cannot depend on how the input was cut.
#pragma once

#include <array>
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

// The end of a string in a list of them that NUL bytes divide (/proc/*/environ): a value
// ends here, and an option's argument may follow.
inline constexpr char kStringEnd = '\x1f';

// What a byte is, by a table: secrets are random, and no branch guesses their letters.
// ASCII only, whatever the locale.
struct ByteKinds {
  enum : uint8_t {
    kDigit = 1,
    kLetter = 2,
    kUnderscore = 4,
    kNameSign = 8,  // - .
    kBlank = 16,
    kLineEnd = 32,
    kFeed = 64,  // \f \v
    kQuote = 128,
  };
  std::array<uint8_t, 256> of{};
};
constexpr ByteKinds MakeByteKinds() {
  ByteKinds kinds;
  const auto set = [&kinds](std::string_view bytes, uint8_t kind) {
    for (const char c : bytes)
      kinds.of[static_cast<unsigned char>(c)] = kind;
  };
  set("0123456789", ByteKinds::kDigit);
  set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", ByteKinds::kLetter);
  set("_", ByteKinds::kUnderscore);
  set("-.", ByteKinds::kNameSign);
  set(" \t", ByteKinds::kBlank);
  set("\n\r\x1f", ByteKinds::kLineEnd);
  set("\f\v", ByteKinds::kFeed);
  set("\"'`", ByteKinds::kQuote);
  kinds.of[0] = ByteKinds::kLineEnd;
  return kinds;
}
inline constexpr ByteKinds kByteKinds = MakeByteKinds();
constexpr bool IsAnyOf(char c, unsigned kinds) {
  return (kByteKinds.of[static_cast<unsigned char>(c)] & kinds) != 0;
}

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAlpha(char c) { return IsAnyOf(c, ByteKinds::kLetter); }
constexpr bool IsAlnum(char c) { return IsAnyOf(c, ByteKinds::kLetter | ByteKinds::kDigit); }
constexpr bool IsWord(char c) {
  return IsAnyOf(c, ByteKinds::kLetter | ByteKinds::kDigit | ByteKinds::kUnderscore);
}
constexpr bool IsName(char c) {
  return IsAnyOf(
      c, ByteKinds::kLetter | ByteKinds::kDigit | ByteKinds::kUnderscore | ByteKinds::kNameSign);
}
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t'; }
constexpr bool IsLineEnd(char c) { return IsAnyOf(c, ByteKinds::kLineEnd); }
constexpr bool IsSpace(char c) {
  return IsAnyOf(c, ByteKinds::kBlank | ByteKinds::kLineEnd | ByteKinds::kFeed);
}
constexpr bool IsQuote(char c) { return IsAnyOf(c, ByteKinds::kQuote); }
constexpr bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }
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

// U+3000 and U+00A0 in UTF-8, U+3000 in CP932 as the decoder hands it on.
inline constexpr std::string_view kWideBlanks[] = {"\xe3\x80\x80", "\xc2\xa0", "\xff\x81\xc0"};

inline size_t WideBlankAt(const View& view, size_t at) {
  if (!IsHigh(view.At(at))) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (StartsAt(view, at, blank)) return blank.size();
  }
  return 0;
}

inline size_t WideBlankBefore(const View& view, size_t at) {
  if (at <= view.floor || !IsHigh(view.text[at - 1])) return 0;
  for (const std::string_view blank : kWideBlanks) {
    if (at >= view.floor + blank.size() && view.text[at - 1] == blank.back() &&
        view.text.substr(at - blank.size(), blank.size()) == blank) {
      return blank.size();
    }
  }
  return 0;
}

constexpr bool IsHexDigit(char c) { return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'f'); }

// Does an escape end right before `at`: \n, %3D, \u003d?
inline bool IsBehindEscape(const View& view, size_t at) {
  const auto back = [&](size_t by) { return at >= view.floor + by ? view.text[at - by] : '\0'; };
  constexpr std::string_view letters = "nrtfvb0";
  if (back(2) == '\\' && letters.find(back(1)) != std::string_view::npos) return true;
  if (back(3) == '%' && IsHexDigit(back(2)) && IsHexDigit(back(1))) return true;
  if (back(6) != '\\' || back(5) != 'u') return false;
  return IsHexDigit(back(4)) && IsHexDigit(back(3)) && IsHexDigit(back(2)) && IsHexDigit(back(1));
}

inline size_t SkipBlanks(const View& view, size_t at) {
  const size_t stop = at + kMaxBlanks;
  while (at < stop) {
    const char c = view.At(at);
    const size_t next = IsBlank(c)    ? at + 1
                        : c == '\x1b' ? SkipColour(view, at)
                                      : at + WideBlankAt(view, at);
    if (next == at) break;
    at = next;
  }
  return at;
}

}  // namespace casepack::redaction
