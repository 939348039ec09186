#include "redaction/values.h"

#include <algorithm>
#include <array>

#include "redaction/marker.h"

namespace casepack::redaction {
namespace {

using Kind = Ending::Kind;

constexpr size_t kLineOfChars = 16;  // fewer may be a word of the next line
constexpr std::string_view kSoftStops = ",;&|)]}\"'`>";

template <typename Test>
constexpr std::array<bool, 256> TableOf(Test test) {
  std::array<bool, 256> table{};
  for (size_t c = 0; c < table.size(); ++c)
    table[c] = test(static_cast<char>(c));
  return table;
}
constexpr auto kIsSoftStop =
    TableOf([](char c) { return kSoftStops.find(c) != std::string_view::npos; });
constexpr bool IsSoftStop(char c) { return kIsSoftStop[static_cast<unsigned char>(c)]; }

// Where a word may end; every other byte is one of its own.
constexpr auto kMayEndWord = TableOf(
    [](char c) { return IsSpace(c) || IsSoftStop(c) || c == '<' || c == '\\' || c == '\x1b'; });

// `name=` or `name:` begins at `at`. A part of the name may have been replaced before.
bool IsPairAt(const View& view, size_t at) {
  size_t i = at;
  while (i < at + 64) {
    const size_t marker = view.At(i) == '[' ? MarkerLength(view.text.substr(i)) : 0;
    if (marker == 0 && !IsName(view.At(i))) break;
    i += std::max<size_t>(marker, 1);
  }
  return i > at && (view.At(i) == '=' || view.At(i) == ':');
}

// A separator ends a bare value only where something new begins behind it: passwords
// contain separators, too.
bool IsSoftEnd(const View& view, size_t at) {
  const char c = view.At(at);
  const char next = view.At(at + 1);
  if (IsSpace(next) || IsSoftStop(next) || next == '<' || next == '\\' || next == '\x1b')
    return true;
  if ((c == ')' || c == ']') && next == ':') return true;  // "pam_unix(passwd:chauthtok): ..."
  if (IsQuote(c) || c == '>') return !IsAlnum(next);
  return IsPairAt(view, at + 1) || (next == '[' && IsMarkerAt(view, at + 1));
}

// Backslashes that lead to a quote: the string around the value ends here.
bool IsEscapedQuote(const View& view, size_t at) {
  size_t i = at;
  while (i < at + 16 && view.At(i) == '\\')
    ++i;
  return i > at && IsQuote(view.At(i));
}

size_t EndOfWord(const View& view, size_t from, size_t to) {
  const char* const text = view.text.data();
  for (size_t i = from; i < to; ++i) {
    while (!kMayEndWord[static_cast<unsigned char>(text[i])]) {
      if (++i == to) return kNotFound;
    }
    const char c = text[i];
    if (IsSpace(c) || c == '<' || c == '\x1b') return i;
    if (c == '\\' && IsEscapedQuote(view, i)) return i;
    if (IsSoftStop(c) && IsSoftEnd(view, i)) return i;
  }
  return kNotFound;
}

size_t EndOfLine(const View& view, size_t from, size_t to, char quote) {
  if (quote == '\0') {
    const char* const text = view.text.data();
    const char* const end = std::find_if(text + from, text + std::max(from, to), IsLineEnd);
    return end < text + to ? static_cast<size_t>(end - text) : kNotFound;
  }
  for (size_t i = from; i < to; ++i) {
    const char c = view.text[i];
    if (IsLineEnd(c)) return i;
    if (c == quote || (c == '\\' && IsEscapedQuote(view, i))) return i;
  }
  return kNotFound;
}

// In a string opened by k backslashes and a quote, a quote is the closing one when the
// backslashes before it are k modulo 2(k+1), or fewer than k.
bool Closes(unsigned run, unsigned escapes) {
  return run < escapes || run % (2 * (escapes + 1)) == escapes;
}

// One backslash more. A run goes round where that makes no difference: to Closes(), or to
// whether it is even.
uint8_t Longer(const Ending& ending) {
  const unsigned period = 2 * (ending.escapes + 1U);
  const unsigned run = ending.run + 1U;
  return static_cast<uint8_t>(run < 2 * period ? run : run - period);
}

size_t EndOfQuoted(const View& view, size_t from, size_t to, Ending* ending) {
  const char quote = ending->quote;
  for (size_t i = from; i < to; ++i) {
    char c = view.text[i];
    while (c != quote && c != '\\' && c != '\n') {  // nearly all are
      ending->run = 0;
      ending->inside = false;
      if (++i == to) return kNotFound;
      c = view.text[i];
    }
    if (ending->inside) {  // the second of two quotes
      ending->inside = false;
      continue;
    }
    if (c == '\n') return i;
    if (c == '\\') {
      ending->run = Longer(*ending);
      continue;
    }
    const unsigned run = ending->run;
    ending->run = 0;
    if (ending->quotes == 1 && !Closes(run, ending->escapes)) continue;
    const bool doubled =
        ending->quotes == 1 && ending->escapes == 0 && view.At(i + 1) == ending->quote;
    if (!doubled) return i - std::min<size_t>(run, ending->escapes);
    ending->inside = true;
  }
  return kNotFound;
}

size_t EndOfList(const View& view, size_t from, size_t to, Ending* ending) {
  for (size_t i = from; i < to; ++i) {
    const char c = view.text[i];
    if (c == '\n') return i;
    if (c == ending->quote && ending->run % 2 == ending->escapes % 2)
      ending->inside = !ending->inside;
    if (c == ']' && !ending->inside) return i;
    ending->run = c == '\\' ? Longer(*ending) : 0;
  }
  return kNotFound;
}

size_t EndOfMarkup(const View& view, size_t from, size_t to, const Ending& ending) {
  for (size_t i = from; i < to; ++i) {
    const char c = view.text[i];
    if (c == '<' || (c == '\n' && !ending.lines)) return i;
    if (ending.quote == '&' && c == '&' && StartsAt(view, i, "&lt;")) return i;
  }
  return kNotFound;
}

size_t EndOfLiteral(const View& view, size_t from, size_t to, const Ending& ending) {
  const std::string_view literal = ending.quote == '&' ? "&quot;" : "%22";
  for (size_t i = from; i < to; ++i) {
    const char c = view.text[i];
    if (IsLineEnd(c)) return i;
    if (c == ending.quote && StartsAt(view, i, literal)) return i;
  }
  return kNotFound;
}

// A block of base64 in lines: the next one is of its characters, too, indented or not.
size_t NextLineOf(const View& view, size_t at, Charset charset) {
  size_t i = at;
  if (view.At(i) == '\r') ++i;
  if (view.At(i) != '\n') return at;
  ++i;
  for (const size_t stop = i + 32; i < stop && IsBlank(view.At(i));)
    ++i;
  for (size_t k = 0; k < kLineOfChars; ++k) {
    if (!InCharset(view.At(i + k), charset)) return at;
  }
  return i;
}

size_t EndOfChars(const View& view, size_t from, size_t to, const Ending& ending) {
  for (size_t i = from; i < to;) {
    size_t next = i + 1;
    if (!InCharset(view.text[i], ending.charset)) {
      next = ending.lines ? NextLineOf(view, i, ending.charset) : i;
      if (next == i) return i;
    }
    i = next;
  }
  return kNotFound;
}

}  // namespace

size_t FindEnd(const View& view, size_t from, Ending* ending) {
  const size_t to = view.ScanEnd();
  size_t found = kNotFound;
  switch (ending->kind) {
    case Kind::kQuote:
      found = EndOfQuoted(view, from, to, ending);
      break;
    case Kind::kWord:
      found = EndOfWord(view, from, to);
      break;
    case Kind::kLine:
      found = EndOfLine(view, from, to, ending->quote);
      break;
    case Kind::kList:
      found = EndOfList(view, from, to, ending);
      break;
    case Kind::kMarkup:
      found = EndOfMarkup(view, from, to, *ending);
      break;
    case Kind::kLiteral:
      found = EndOfLiteral(view, from, to, *ending);
      break;
    case Kind::kChars:
      found = EndOfChars(view, from, to, *ending);
      break;
  }
  return found == kNotFound && view.end ? view.text.size() : found;
}

namespace {

// b"x", u'x', @"x" and the like.
bool IsPrefixedQuote(const View& view, size_t at) {
  constexpr std::string_view prefixes = "bBuUrRLN@";
  return prefixes.find(view.At(at)) != std::string_view::npos && view.At(at) != '\0' &&
         (view.At(at + 1) == '"' || view.At(at + 1) == '\'');
}

Value OpenQuoted(const View& view, size_t at, size_t escapes) {
  Value value;
  value.ending.kind = Kind::kQuote;
  value.ending.quote = view.At(at + escapes);
  value.ending.escapes = static_cast<uint8_t>(escapes);
  value.begin = at + escapes + 1;
  // Two in a row: an empty value, or the doubled quote of CSV when a value follows.
  size_t inner = value.begin;
  while (inner < at + 64 &&
         view.text.substr(inner, escapes + 1) == view.text.substr(at, escapes + 1)) {
    inner += escapes + 1;
  }
  const char next = view.At(inner);
  if (inner == value.begin || IsSpace(next) || IsSoftStop(next) || next == '/' || next == '<' ||
      next == '\\' || next == '\x1b') {
    return value;
  }
  value.ending.quotes = 2;
  value.begin = inner;
  return value;
}

bool OpenList(const View& view, size_t at, Value* value) {
  if (view.At(at) != '[') return false;
  const size_t first = SkipBlanks(view, at + 1);
  size_t escapes = 0;
  while (escapes < 16 && view.At(first + escapes) == '\\')
    ++escapes;
  if (!IsQuote(view.At(first + escapes))) return false;
  value->begin = at + 1;
  value->ending.kind = Kind::kList;
  value->ending.quote = view.At(first + escapes);
  value->ending.escapes = static_cast<uint8_t>(escapes);
  return true;
}

}  // namespace

Value OpenValue(const View& view, size_t at, const Ending& bare) {
  size_t i = SkipBlanks(view, at);
  Value value;
  if (IsAlnum(view.At(i)) && !IsQuote(view.At(i + 1))) {  // most values
    value.begin = i;
    value.ending = bare;
    return value;
  }
  if (view.At(i) == '(' && IsQuote(view.At(i + 1))) ++i;
  if (IsPrefixedQuote(view, i)) ++i;
  if (OpenList(view, i, &value)) return value;
  size_t escapes = 0;
  while (escapes < 16 && view.At(i + escapes) == '\\')
    ++escapes;
  if (IsQuote(view.At(i + escapes))) return OpenQuoted(view, i, escapes);
  const bool entity = StartsAt(view, i, "&quot;");
  if (entity || StartsAt(view, i, "%22")) {
    value.begin = i + (entity ? 6 : 3);
    value.ending.kind = Kind::kLiteral;
    value.ending.quote = entity ? '&' : '%';
    return value;
  }
  value.begin = i;
  value.ending = bare;
  return value;
}

bool IsMarkerAt(const View& view, size_t at) {
  if (view.At(at) != '[') return false;
  if (view.At(at + 1) == '[') ++at;  // of a list whose end was lost with its values
  const size_t length = MarkerLength(view.text.substr(at));
  return length != 0 && !IsWord(view.At(at + length));
}

bool InCharset(char c, Charset charset) {
  const bool base64 = IsWord(c) || c == '-' || c == '+' || c == '/' || c == '=';
  return base64 || (charset == Charset::kDotted && (c == '.' || c == '~'));
}

}  // namespace casepack::redaction
