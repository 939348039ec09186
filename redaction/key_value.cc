#include <algorithm>
#include <array>

#include "redaction/japanese.h"
#include "redaction/match.h"
#include "redaction/names.h"

namespace casepack::redaction {
namespace {

constexpr size_t kNamedReach = 512;
constexpr size_t kLongestLine = 2048;  // of a line looked at to tell a list from a value

struct Key {
  std::string_view name;
  size_t begin = 0;
  bool quoted = false;  // "name": closed by a quote
  char opened = '\0';   // the quote right before the name, '"name: value"'
};

size_t BackOverLongColour(const View& view, size_t at) {
  size_t i = at - 1;
  while (i > view.floor && at - i < 12 && (IsDigit(view.text[i - 1]) || view.text[i - 1] == ';'))
    --i;
  if (i < view.floor + 2 || view.text[i - 1] != '[' || view.text[i - 2] != '\x1b') return at;
  return i - 2;
}

size_t BackOverColour(const View& view, size_t at) {
  return at > 0 && view.text[at - 1] == 'm' ? BackOverLongColour(view, at) : at;
}

bool EndsWith(const View& view, size_t at, std::string_view literal) {
  return at >= view.floor + literal.size() && view.text[at - 1] == literal.back() &&
         view.text.substr(at - literal.size(), literal.size()) == literal;
}

size_t BackOverQuotes(const View& view, size_t at) {
  size_t i = at;
  if (i > view.floor && IsLower(view.text[i - 1])) return at;
  if (i > view.floor && view.text[i - 1] == ']') --i;
  if (EndsWith(view, i, "%5D")) i -= 3;
  while (i > view.floor && at - i < 24 && (IsQuote(view.text[i - 1]) || view.text[i - 1] == '\\'))
    --i;
  if (EndsWith(view, i, "&quot;")) i -= 6;
  if (EndsWith(view, i, "%22")) i -= 3;
  return i;
}

Key KeyBefore(const View& view, size_t at) {
  size_t end = at;
  for (size_t steps = 0; end > view.floor && steps < kPeek; ++steps) {
    size_t before = IsBlank(view.text[end - 1]) ? end - 1 : BackOverColour(view, end);
    if (before == end) before -= WideBlankBefore(view, end);
    if (before == end) break;
    end = before;
  }
  Key key;
  if (end > view.floor && IsHigh(view.text[end - 1])) {
    const JapaneseName name = JapaneseNameBefore(view, end);
    key.begin = name.begin;
    key.name = name.name;
    return key;
  }
  const size_t unquoted = BackOverQuotes(view, end);
  key.quoted = unquoted != end;
  end = BackOverColour(view, unquoted);
  const char* const text = view.text.data();
  const size_t lowest = std::max(view.floor, end - std::min(end, kMaxName));
  size_t begin = end;
  while (begin > lowest && IsName(text[begin - 1]))
    --begin;
  // ESC [ 3 6 m before the name.
  if (begin > view.floor + 1 && view.text[begin - 1] == '[' && view.text[begin - 2] == '\x1b') {
    const size_t name = view.text.substr(0, end).find('m', begin);
    if (name != kNotFound) begin = name + 1;
  }
  // "\npassword=x" in a string: the n belongs to the line end.
  if (begin > view.floor && end > begin && view.text[begin - 1] == '\\' &&
      (view.text[begin] == 'n' || view.text[begin] == 't' || view.text[begin] == 'r')) {
    ++begin;
  }
  key.begin = begin;
  key.name = view.text.substr(begin, end - begin);
  if (begin > view.floor && IsQuote(view.text[begin - 1])) key.opened = view.text[begin - 1];
  return key;
}

// The name stands first on its line, but for blanks, a comment sign, "export" or "-".
bool IsFirstOnLine(const View& view, size_t at) {
  constexpr std::string_view words[] = {"export", "set", "-", "#", ";", "declare -x"};
  size_t i = at;
  const auto back = [&] {
    while (i > 0 && at - i < kPeek && IsBlank(view.text[i - 1]))
      --i;
  };
  back();
  // Most names are, or stand behind another word.
  constexpr std::string_view ends = "t-#;x";
  if (i > 0 && IsLineEnd(view.text[i - 1])) return true;
  if (i > 0 && ends.find(view.text[i - 1]) == std::string_view::npos) return false;
  for (const std::string_view word : words) {
    if (i >= word.size() && view.text.substr(i - word.size(), word.size()) == word) {
      i -= word.size();
      back();
      break;
    }
  }
  return i == 0 ? view.offset == 0 : IsLineEnd(view.text[i - 1]);
}

// What may stand between pairs, ends a line, or begins a marker.
constexpr auto MakeMayPart() {
  std::array<bool, 256> may{};
  for (size_t c = 0; c < may.size(); ++c) {
    const auto byte = static_cast<char>(c);
    may[c] = IsBlank(byte) || IsLineEnd(byte) || byte == '&' || byte == ';' || byte == ',' ||
             byte == '[';
  }
  return may;
}
constexpr auto kMayPart = MakeMayPart();

// `a=1 b=2`, `a=1&b=2`: the line is a list of pairs, so a value ends with its word. A
// marker further on says that it was one when it was first looked at.
bool HasMorePairs(const View& view, size_t from) {
  const size_t stop = std::min(view.text.size(), from + kLongestLine);
  for (size_t i = from; i < stop; ++i) {
    const char c = view.text[i];
    if (!kMayPart[static_cast<unsigned char>(c)]) continue;
    if (IsLineEnd(c)) return false;
    if (c == '[') {
      if (i > from && IsMarkerAt(view, i)) return true;
      continue;
    }
    size_t name = i + 1;
    while (name < i + 64 && IsName(view.At(name)))
      ++name;
    if (name > i + 2 && IsAlpha(view.At(i + 1)) && view.At(name) == '=') return true;
  }
  return false;
}

// The rules whose word is in the name of a header: with others no header is looked for.
constexpr auto MakeHeaderWords() {
  std::array<bool, kNameRules.size()> words{};
  for (size_t i = 0; i < words.size(); ++i) {
    for (const HeaderRule& header : kHeaders)
      words[i] = words[i] || header.name.find(kNameRules[i].word) != std::string_view::npos;
  }
  return words;
}
constexpr auto kHeaderWords = MakeHeaderWords();
bool MayNameHeader(const NameRule& rule) {
  if (&rule == &kSidRule) return false;  // the one that is not in the list
  return kHeaderWords[static_cast<size_t>(&rule - kNameRules.data())];
}

// Every header's name is one that ClassifyName knows.
const HeaderRule* FindHeader(const Key& key, char separator, const NameRule& rule) {
  if (separator != ':' || key.quoted || !MayNameHeader(rule)) return nullptr;
  const auto same = [&](const HeaderRule& header) {
    size_t at = 0;
    for (const char c : key.name) {
      if (c == '-' || c == '_') continue;
      if (at == header.name.size() || Lower(c) != header.name[at]) return false;
      ++at;
    }
    return at == header.name.size();
  };
  const auto* found = std::find_if(kHeaders.begin(), kHeaders.end(), same);
  return found == kHeaders.end() ? nullptr : found;
}

// nsswitch.conf: `passwd: files systemd`.
bool IsNameService(const View& view, const Key& key, size_t at) {
  if (key.name != "passwd") return false;
  const size_t begin = SkipBlanks(view, at);
  size_t end = begin;
  while (end < begin + 16 && IsLower(view.At(end)))
    ++end;
  const std::string_view word = view.text.substr(begin, end - begin);
  return (IsSpace(view.At(end)) || view.At(end) == '[') &&
         std::find(kNameServices.begin(), kNameServices.end(), word) != kNameServices.end();
}

// A quoted key may have its value on the next line (JSON), a YAML key a block ("|").
size_t SkipToValue(const View& view, size_t at, const Key& key) {
  size_t i = SkipBlanks(view, at);
  const bool block = view.At(i) == '|' || view.At(i) == '>';
  size_t j = i;
  if (block) {
    ++j;
    while (j < i + 4 && (view.At(j) == '-' || view.At(j) == '+' || IsDigit(view.At(j))))
      ++j;
    j = SkipBlanks(view, j);
  }
  if (view.At(j) == '\r') ++j;
  if (view.At(j) != '\n') return i;
  const size_t next = SkipBlanks(view, j + 1);
  if (block && next > j + 1) return next;
  return key.quoted && (view.At(next) == '"' || view.At(next) == '\'') ? next : i;
}

// Leaves the scheme readable: "Basic", "Bearer".
bool SkipScheme(const View& view, size_t* at) {
  for (const std::string_view scheme : kAuthSchemes) {
    const size_t after = *at + scheme.size();
    if (!StartsAtAnyCase(view, *at, scheme) || !IsBlank(view.At(after))) continue;
    *at = SkipBlanks(view, after);
    return true;
  }
  return false;
}

// name="password" value="x" and {"name": "DB_PASSWORD", "value": "x"}.
void RememberName(const View& view, const Key& key, size_t at, Memory* memory) {
  if (!SameLetters(key.name, "name") && !SameLetters(key.name, "key")) return;
  memory->named = nullptr;
  const Value value = OpenValue(view, at, Ending{});
  size_t end = value.begin;
  while (end < value.begin + kMaxName && IsName(view.At(end)))
    ++end;
  if (IsBlank(view.At(end))) return;
  memory->named = ClassifyName(view.text.substr(value.begin, end - value.begin));
  memory->named_until = view.offset + end + kNamedReach;
}

const NameRule* RuleFor(const View& view, const Key& key, Memory* memory) {
  if (memory->named != nullptr && SameLetters(key.name, "value")) {
    return view.offset + key.begin <= memory->named_until ? memory->named : nullptr;
  }
  return memory->names.Classify(key.name);
}

struct Separator {
  size_t begin = 0;
  size_t end = 0;
  char kind = '\0';  // '=' or ':'
};

// `=`, `==`, `=>`, but not of `!=`, `<=`, `:=` (which is found at its colon).
std::optional<Separator> EqualsAt(const View& view, size_t at, char before) {
  if (before == '=' || before == '!' || before == ':' || before == '<') return std::nullopt;
  const char next = view.At(at + 1);
  return Separator{at, at + (next == '>' || next == '=' ? 2U : 1U), '='};
}

std::optional<Separator> ColonAt(const View& view, size_t at, char before) {
  const char next = view.At(at + 1);
  if (before == ':' || next == ':' || StartsAt(view, at, "://")) return std::nullopt;
  return Separator{at, at + (next == '=' ? 2U : 1U), ':'};
}

// %3D and %3A, but not the one of %3A%2F%2F.
std::optional<Separator> EncodedAt(const View& view, size_t at) {
  if (view.At(at + 1) != '3' || StartsAtAnyCase(view, at, "%3A%2F%2F")) return std::nullopt;
  const char last = Lower(view.At(at + 2));
  if (last != 'a' && last != 'd') return std::nullopt;
  return Separator{at, at + 3, '='};
}

std::optional<Separator> SeparatorAt(const View& view, size_t at) {
  const char before = at > 0 ? view.text[at - 1] : '\0';
  switch (view.At(at)) {
    case '=':
      return EqualsAt(view, at, before);
    case ':':
      return ColonAt(view, at, before);
    case '%':
      return EncodedAt(view, at);
    default:
      if (const size_t width = WideSeparatorEndingAt(view, at); width > 0) {
        return Separator{at + 1 - width, at + 1, ':'};
      }
      return std::nullopt;
  }
}

// "password": {"type": "string"} is an object; its values have keys of their own.
bool IsObject(const View& view, const Key& key, size_t at) {
  if (!key.quoted || view.At(at) != '{') return false;
  size_t i = SkipBlanks(view, at + 1);
  while (i < at + kPeek && view.At(i) == '\\')
    ++i;
  return view.At(i) == '"';
}

Ending BareEnding(const View& view, const Key& key, const NameRule& rule, size_t at) {
  Ending bare;
  // Passwords have blanks: one that has a line of an INI or YAML file for itself goes
  // with the whole line.
  const bool whole_line = rule.strength <= Strength::kKey && !key.quoted && key.opened == '\0' &&
                          IsFirstOnLine(view, key.begin) && !HasMorePairs(view, at);
  if (whole_line) bare.kind = Ending::Kind::kLine;
  return bare;
}

}  // namespace

Found Hide(const View& view, Value value, std::string_view id, Strength strength) {
  if (IsMarkerAt(view, value.begin)) return std::nullopt;
  Match match;
  match.id = id;
  match.begin = value.begin;
  match.ending = value.ending;  // as it is before its first byte
  match.end = FindEnd(view, value.begin, &value.ending);
  if (match.end == kNotFound) return match;
  if (MayStay(view.text.substr(match.begin, match.end - match.begin), strength))
    return std::nullopt;
  return match;
}

Found MatchKeyValue(const View& view, size_t at, Memory* memory) {
  const std::optional<Separator> found = SeparatorAt(view, at);
  if (!found) return std::nullopt;
  const Key key = KeyBefore(view, found->begin);
  if (key.name.size() < 2) return std::nullopt;
  const size_t after = found->end;
  const char separator = found->kind;

  RememberName(view, key, after, memory);
  const NameRule* rule = RuleFor(view, key, memory);
  if (rule == nullptr) return std::nullopt;
  if (const HeaderRule* header = FindHeader(key, separator, *rule); header != nullptr) {
    Value value;
    value.begin = SkipBlanks(view, after);
    value.ending.kind = Ending::Kind::kLine;
    value.ending.quote = key.opened;
    SkipScheme(view, &value.begin);
    return Hide(view, value, header->id, Strength::kToken);
  }
  if (separator == ':' && key.begin > 0 && view.text[key.begin - 1] == '/') return std::nullopt;
  if (separator == ':' && IsNameService(view, key, after)) return std::nullopt;

  const size_t begin = SkipToValue(view, after, key);
  if (separator == ':' && IsObject(view, key, begin)) return std::nullopt;
  Value value = OpenValue(view, begin, BareEnding(view, key, *rule, begin));
  const bool scheme = rule->id == id::kAuthorization && SkipScheme(view, &value.begin);
  // PWD and OLDPWD of a shell are folders.
  if ((key.name == "PWD" || key.name == "OLDPWD") && view.At(value.begin) == '/')
    return std::nullopt;
  return Hide(view, value, rule->id, scheme ? Strength::kToken : rule->strength);
}

}  // namespace casepack::redaction
