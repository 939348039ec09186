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
