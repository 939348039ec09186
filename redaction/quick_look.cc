#include "redaction/quick_look.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include "redaction/grammar.h"
#include "redaction/japanese.h"
#include "redaction/look_back.h"
#include "redaction/stems.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLongestLiteral = QuickLook::kAhead - Ruleset::kFarthest;

// Behind a name may stand blanks and quotes, before the separator.
bool IsAround(char c) { return IsBlank(c) || IsQuote(c) || c == '\\' || c == ']'; }

// The name in front of a separator. Entities, colours and names in Japanese are for the
// finder to read.
bool NameBefore(const char* text, const QuickLook::Line& line) {
  const char* p = text - 1;
  const char* const lowest = text - QuickLook::kBehind + 8;
  while (p > lowest && IsAround(*p))
    --p;
  const char* const last = p;
  StemWatch stems;
  for (; p > lowest && IsName(*p); --p) {
    if (stems.SeenBackwards(*p)) return true;
  }
  const auto length = static_cast<size_t>(last - p);
  if (p == lowest || *p == '%' || *p == ';') return true;
  if (*p == '[') return p[-1] == '\x1b';
  if (length == 0) return MayEndJapaneseName(p + 1);
  return (length == 4 && SameLetters({p + 1, 4}, "name")) ||
         (length == 5 && line.named && SameLetters({p + 1, 5}, "value"));
}

bool TagBefore(const char* text, const QuickLook::Line& line) {
  if (line.named) return true;
  StemWatch stems;
  const char* const lowest = text - QuickLook::kBehind + 8;
  bool seen = false;
  for (const char* p = text - 1; p > lowest; --p) {
    if (*p == '<') return seen;
    if (*p == '>' || *p == '\n' || *p == '&') return false;
    seen = stems.SeenBackwards(*p) || seen;
  }
  return true;
}

bool OptionAt(const char* text, const QuickLook::Line& line) {
  if (line.command || text[1] == 'D' || text[-6] == '-') return true;
  const char* p = text + 1;
  if (*p == '-') ++p;
  StemWatch stems;
  for (const char* const stop = text + kMaxName + 4; p < stop && IsName(*p); ++p) {
    if (stems.Seen(*p)) return true;
  }
  return false;
}

constexpr size_t FirstThree(const char* text) {
  return Trigram(static_cast<unsigned char>(text[0]), static_cast<unsigned char>(text[1]),
                 static_cast<unsigned char>(text[2]));
}

// The first three letters of the words that begin a line and are followed by a secret.
constexpr auto MakeLineBits() {
  std::array<uint64_t, 512> bits{};
  const auto set = [&bits](std::string_view word) {
    const size_t three = FirstThree(word.data());
    bits[three / 64] |= uint64_t{1} << (three % 64);
  };
  for (const LineRule& rule : kLineRules)
    set(rule.word);
  for (const std::string_view word : {"machine", "login", "default"})
    set(word);
  return bits;
}
constexpr auto kLineBits = MakeLineBits();

// Of each first byte, the second ones that may stand behind it, by their lowest five bits.
constexpr auto MakeLinePairs() {
  std::array<uint32_t, 256> pairs{};
  const auto set = [&pairs](char first, char second) {
    pairs[static_cast<unsigned char>(first)] |= 1U << (static_cast<unsigned char>(second) & 31U);
  };
  const auto set_word = [&set](std::string_view word) {
    set(word[0], word[1]);
    set(static_cast<char>(word[0] ^ 0x20), word[1]);
  };
  for (const LineRule& rule : kLineRules)
    set_word(rule.word);
  for (const std::string_view word : {"machine", "login", "default"})
    set_word(word);
  for (const std::string_view blank : kWideBlanks)
    set(blank[0], blank[1]);
  for (const char c : std::string_view(" \t\x1b"))
    pairs[static_cast<unsigned char>(c)] = ~uint32_t{0};
  return pairs;
}
constexpr auto kLinePairs = MakeLinePairs();
bool MayBeLine(const char* text) {
  const auto second = static_cast<unsigned char>(text[1]);
  return (kLinePairs[static_cast<unsigned char>(text[0])] >> (second & 31U) & 1U) != 0;
}

// Blanks of all kinds and colours may stand before the word.
bool IsLineAt(const char* text) {
  if (!MayBeLine(text)) return false;
  const char c = *text;
  if (!IsAlpha(c)) return !IsHigh(c) || WideBlankAt({{text, 3}, 0, 0, true}, 0) != 0;
  const size_t three = FirstThree(text);
  return (kLineBits[three / 64] >> (three % 64) & 1) != 0;
}

bool LineAt(const char* text) {
  const char* p = text + 1;
  for (const char* const stop = text + 32; p < stop && IsBlank(*p);)
    ++p;
  return IsLineAt(p);
}

// Three groups of one to three decimal digits, each with `separator` behind it, and a digit.
bool AreOctets(const char* text, char separator) {
  for (int octet = 0; octet < 3; ++octet) {
    size_t digits = 0;
    while (digits < 3 && IsDigit(text[digits]))
      ++digits;
    if (digits == 0 || text[digits] != separator) return false;
    text += digits + 1;
  }
  return IsDigit(*text);
}

// `16:56:55` or the rest of it, which most lines begin with.
bool IsTime(const char* text) {
  for (int pairs = 0; pairs < 3; ++pairs, text += 3) {
    if (!IsDigit(text[0]) || !IsDigit(text[1])) return false;
    if (text[2] != ':') return !IsHex(text[2]);
  }
  return false;
}

// The outer shape of what MatchNumber (identifiers.h) knows: an address, a hardware address
// or a GUID.
bool MayBeNumber(const char* text) {
  size_t digits = 0;
  while (digits < 9 && IsHex(text[digits]))
    ++digits;
  switch (digits == 0 ? '\0' : text[digits]) {
    case ':':
      return digits < 5 && (text[digits + 1] == ':' || IsHex(text[digits + 1])) && !IsTime(text);
    case '-':
      if (digits == 8) return text[13] == '-' && text[18] == '-';
      return (digits == 2 && text[5] == '-' && text[8] == '-') || AreOctets(text, '-');
    case '.':
      return digits == 4 ? text[9] == '.' : AreOctets(text, '.');
    default:
      return false;
  }
}

uint64_t NumbersAmong(const char* text, uint64_t words) {
  uint64_t numbers = 0;
  for (; words != 0; words &= words - 1) {
    const int at = __builtin_ctzll(words);
    numbers |= uint64_t{MayBeNumber(text + at)} << at;
  }
  return numbers;
}

// Of the line ends, those behind which a secret may be named, into `worth`. Most blocks have
// one or none; what is written for none is not kept.
void LinesAmong(const char* text, const TriggerBlocks& blocks, size_t count,
                TriggerBlocks::Masks* worth) {
  constexpr uint64_t kLast = uint64_t{1} << 63;
  std::array<uint16_t, 64 * kMostBlocks + 1> list;
  size_t listed = 0;
  for (size_t i = 0; i < count; ++i) {
    (*worth)[i] = 0;
    uint64_t left = blocks.lines[i];
    do {
      const size_t at = 64 * i + static_cast<size_t>(__builtin_ctzll(left | kLast));
      list[listed] = static_cast<uint16_t>(at);
      const bool begins = MayBeLine(text + at + 1);
      listed += static_cast<size_t>(begins) & static_cast<size_t>(left != 0);
      left &= left - 1;
    } while (left != 0);
  }
  for (const uint16_t at : std::span(list).first(listed))
    (*worth)[at / 64] |= uint64_t{LineAt(text + at)} << (at % 64);
}

}  // namespace

bool QuickLook::MayUse(const Literal& literal, const char* text) const {
  return literal.kind != Literal::Kind::kRule || literal.text.size() > kLongestLiteral ||
         rules_->MayMatch(literal.index, text, literal.text.size());
}

// Of the hits from number `first` on, those whose rules may find something.
void QuickLook::KeepHopeful(const char* text, size_t first, const Worth& worth,
                            TriggerBlocks::Masks* words) const {
  std::vector<LiteralHit>& hits = *worth.standing->hits();
  size_t kept = first;
  for (size_t i = first; i < hits.size(); ++i) {
    const LiteralHit hit = hits[i];
    const size_t at = hit.at - worth.offset;
    const Literals::Found literals = literals_->InRow(hit.row);
    const bool hopeful = std::any_of(literals.begin(), literals.end(), [&](const Literal* literal) {
      return MayUse(*literal, text + at);
    });
    if (!hopeful) continue;
    hits[kept++] = hit;
    (*words)[at / 64] |= uint64_t{1} << (at % 64);
  }
  hits.resize(kept);
}

void QuickLook::WordsAmong(const char* text, const TriggerBlocks& blocks, size_t count,
                           const Worth& worth, TriggerBlocks::Masks* words) const {
  TriggerBlocks::Masks asked;
  const uint64_t idle = literals_->numbers() || wanted_.every_word ? 0 : ~uint64_t{0};
  for (size_t i = 0; i < count; ++i)
    asked[i] = blocks.words[i] & ~(blocks.numbers[i] & idle);
  if (wanted_.every_word) {
    std::copy_n(asked.begin(), count, words->begin());
    return;
  }
  const size_t known = worth.standing->hits()->size();
  literals_->Filter(text, std::span(asked).first(count), words->data(), worth.offset,
                    worth.standing->hits());
  std::fill_n(words->begin(), count, 0);
  KeepHopeful(text, known, worth, words);
  if (count > 0) worth.standing->GoOn(worth.offset + 64 * count);
  for (size_t i = 0; wanted_.numbers && i < count; ++i)
    (*words)[i] |= NumbersAmong(text + 64 * i, blocks.words[i] & ~(*words)[i]);
}

void QuickLook::Worthwhile(const char* text, const TriggerBlocks& blocks, size_t count,
                           const Worth& worth) const {
  TriggerBlocks::Masks words;
  TriggerBlocks::Masks lines;
  WordsAmong(text, blocks, count, worth, &words);
  LinesAmong(text, blocks, count, &lines);
  for (size_t i = 0; i < count; ++i) {
    const uint64_t others = blocks.others[i] & ~blocks.lines[i] & ~blocks.quiet[i];
    worth.fresh[i] = words[i] | others | lines[i];
    worth.always[i] = words[i] | blocks.others[i];
  }
}

bool QuickLook::Colon(const char* text, const Line& line) const {
  if (text[1] == ':') return wanted_.numbers;  // `a::b`, or an address
  if (text[1] == '/' && text[2] == '/') return true;
  return NameBefore(text, line);
}

bool QuickLook::MayFind(const char* text, const Line& line) const {
  switch (*text) {
    case '\n':
      return line.command || LineAt(text);
    case '\x1b':
      return true;
    case ':':
      return Colon(text, line);
    case '%':
      return text[1] == '3' || (wanted_.emails && text[1] == '4');
    case '=':
      return NameBefore(text, line);
    case '>':
      return TagBefore(text, line);
    case '&':
      return text[1] == 'g';
    case '-':
      return OptionAt(text, line);
    case '@':
      return wanted_.emails;
    case '\x9a':
    case '\x9d':
    case '\x81':
    case '\xc6':
      return true;
    default:
      return true;  // Worthwhile() has looked at it
  }
}

}  // namespace casepack::redaction
