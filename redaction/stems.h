// The first look at a name: hardly any name that promises no secret passes it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casepack::redaction {

// Three letters in a row that every word of kNameRules has and that most names have not;
// one lookup per letter sends nearly all names away. "pw" is too short for one.
inline constexpr std::array<std::string_view, 15> kStems = {"pas", "pwd", "psk", "sec", "tok",
                                                            "key", "cre", "aut", "ses", "sid",
                                                            "coo", "nan", "vat", "cen", "mmu"};
inline constexpr std::string_view kShortStem = "pw";

constexpr size_t Trigram(size_t a, size_t b, size_t c) {
  return (a & 31) << 10 | (b & 31) << 5 | (c & 31);
}

constexpr auto MakeStemBits() {
  std::array<uint64_t, 512> bits{};
  const auto set = [&bits](size_t stem) { bits[stem / 64] |= uint64_t{1} << (stem % 64); };
  for (const std::string_view text : kStems) {
    set(Trigram(static_cast<size_t>(text[0]), static_cast<size_t>(text[1]),
                static_cast<size_t>(text[2])));
  }
  // With any letter before it, or behind it where a name is read from its end.
  for (size_t any = 0; any < 32; ++any) {
    const auto first = static_cast<size_t>(kShortStem[0]);
    const auto second = static_cast<size_t>(kShortStem[1]);
    set(Trigram(any, first, second));
    set(Trigram(first, second, any));
  }
  return bits;
}
inline constexpr auto kStemBits = MakeStemBits();

// The same for many bytes at a time (triggers.h): bit b of row[i].low[c & 15] and of
// row[i].high[c >> 4] says that c may be byte i of a stem in group b. What one group holds
// is chosen so that hardly a word has the letters of two of its stems mixed. "nam" is for
// `name=`, which is remembered.
struct StemRow {
  std::array<uint8_t, 16> low;
  std::array<uint8_t, 16> high;
};
inline constexpr std::array<std::string_view, 8> kStemGroups = {
    " pw", "pas", "psk mmu", "sec ses", "key coo tok", "cre cen nan nam", "aut vat", "sid"};

constexpr auto MakeStemRows() {
  std::array<StemRow, 3> rows{};
  for (size_t group = 0; group < kStemGroups.size(); ++group) {
    const auto bit = static_cast<uint8_t>(1U << group);
    for (size_t i = 0; i < kStemGroups[group].size(); ++i) {
      if (i % 4 == 3) continue;
      const auto c = static_cast<uint8_t>(kStemGroups[group][i]);
      const bool any = c == ' ';
      for (size_t half = 0; half < 16; ++half) {
        const bool letter = (half | 2U) == (c >> 4 | 2U);  // of either case
        if (any || half == (c & 15U)) rows[i % 4].low[half] |= bit;
        if (any || letter) rows[i % 4].high[half] |= bit;
      }
    }
  }
  return rows;
}
inline constexpr auto kStemRows = MakeStemRows();

constexpr bool HasGroup(std::string_view stem) {
  for (const std::string_view group : kStemGroups) {
    if (group.find(stem) != std::string_view::npos) return true;
  }
  return stem.size() > 2 && stem.find(kShortStem) != std::string_view::npos;
}
constexpr bool AllHaveGroups() {
  for (const std::string_view stem : kStems) {
    if (!HasGroup(stem)) return false;
  }
  return HasGroup(kShortStem);
}
static_assert(AllHaveGroups(), "a stem that kStemRows would miss");

// Is shown a name letter by letter, from either end.
class StemWatch {
 public:
  // Are the last three letters a stem?
  bool Seen(char c) {
    window_ = (window_ << 5 | (static_cast<unsigned char>(c) & 31U)) & 0x7fffU;
    return (kStemBits[window_ / 64] >> (window_ % 64) & 1) != 0;
  }
  // The same where the letters come from the last to the first.
  bool SeenBackwards(char c) {
    window_ = window_ >> 5 | static_cast<uint32_t>(static_cast<unsigned char>(c) & 31U) << 10;
    return (kStemBits[window_ / 64] >> (window_ % 64) & 1) != 0;
  }

 private:
  uint32_t window_ = 0;
};

}  // namespace casepack::redaction
