// May one of the literals begin at this word? A look that sends nearly all words away and
// never one that does begin a literal.
//
// Immutable once the literals are added; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace casepack::redaction {

// What the look reads: two tables of rows, one for short literals, which a word finds by its
// first three bytes, and one for others, which it finds by seven. Byte i of a row is a set of
// eight classes, those of the bytes that stand at place i of the row's literals; a byte's
// class is its lowest three bits. The case of letters makes no difference.
struct WordRows {
  static constexpr unsigned kRowBits = 11;
  static constexpr size_t kLong = 7;  // bytes of the shortest literal in `longs`
  using Rows = std::array<uint64_t, size_t{1} << kRowBits>;
  alignas(64) Rows shorts{};
  alignas(64) Rows longs{};

  static constexpr uint64_t kShortKey = 0x0000000000dfdfdfU;
  static constexpr uint64_t kLongKey = 0x00dfdfdfdfdfdfdfU;
  static constexpr unsigned kFold = 25;  // the last bytes of a long key onto the first
  static constexpr uint32_t kMultiplier = 2654435761U;
  static constexpr unsigned kShift = 32 - kRowBits;

  static size_t ShortRow(uint64_t eight) {
    return static_cast<uint32_t>(eight & kShortKey) * kMultiplier >> kShift;
  }
  static size_t LongRow(uint64_t eight) {
    const uint64_t key = eight & kLongKey;
    return static_cast<uint32_t>(key ^ key >> kFold) * kMultiplier >> kShift;
  }

  // In each byte the one bit of its class.
  static uint64_t ClassBits(uint64_t eight) {
    constexpr uint64_t kOnes = 0x0101010101010101U;
    const uint64_t twice = (eight >> 1 & kOnes) * 0xff;
    const uint64_t fourfold = (eight >> 2 & kOnes) * 0xff;
    uint64_t bits = kOnes + (eight & kOnes);
    bits += (bits & twice) * 3;
    return bits + (bits & fourfold) * 15;
  }

  // Of a word's first eight bytes.
  [[nodiscard]] bool MayBegin(uint64_t eight) const {
    const uint64_t bits = ClassBits(eight);
    return (bits & ~shorts[ShortRow(eight)]) == 0 || (bits & ~longs[LongRow(eight)]) == 0;
  }
};

// Words as blocks of bits: bit i of words[b] is text[64 * b + i]. Those that may begin a
// literal become may[b]. Readable 64 bytes behind the last block.
using FilterWords = void (*)(const WordRows& rows, const char* text,
                             std::span<const uint64_t> words, uint64_t* may);

void FilterWordsPortable(const WordRows& rows, const char* text, std::span<const uint64_t> words,
                         uint64_t* may);
#if defined(__x86_64__) || defined(_M_X64)
// Only where HasAvx2(), HasAvx512() (processor.h).
void FilterWordsAvx2(const WordRows& rows, const char* text, std::span<const uint64_t> words,
                     uint64_t* may);
void FilterWordsAvx512(const WordRows& rows, const char* text, std::span<const uint64_t> words,
                       uint64_t* may);
// As the one before, for where GathersFast(), too.
void FilterWordsGathered(const WordRows& rows, const char* text, std::span<const uint64_t> words,
                         uint64_t* may);
#endif

class WordFilter {
 public:
  WordFilter();

  // Three bytes or more; the case of its letters makes no difference.
  void Add(std::string_view literal);

  void Filter(const char* text, std::span<const uint64_t> words, uint64_t* may) const {
    filter_(rows_, text, words, may);
  }

 private:
  WordRows rows_;
  FilterWords filter_;
};

}  // namespace casepack::redaction
