// May one of the literals begin at this word? Two looks, which send nearly all words away
// and never one that does begin a literal.
//
// Immutable once the literals are added; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "redaction/prefix_set.h"

namespace casepack::redaction {

// Two Bloom filters of one row a word, by the first eight bytes of a text, or four where it
// is shorter; the case of letters aside.
struct WordRows {
  static constexpr unsigned kRowBits = 10;
  using Rows = std::array<uint64_t, size_t{1} << kRowBits>;
  Rows shorts{};
  Rows longs{};

  // Of the fourth byte only the lowest five bits: a text of three bytes stands in all rows
  // that it may lead to.
  static uint32_t ShortHash(uint64_t eight) {
    return static_cast<uint32_t>(eight & 0x1fdfdfdfU) * 2654435761U;
  }
  static uint64_t LongHash(uint64_t eight) {
    return (eight | 0x2020202020202020U) * 0x9e3779b97f4a7c15U;
  }
  static uint64_t FirstBit(uint32_t hash) { return hash >> (32 - kRowBits - 6) & 63U; }
  static uint64_t SecondBit(uint32_t hash) { return hash >> (32 - kRowBits - 12) & 63U; }
  static uint64_t LongBit(uint64_t hash) { return hash >> (64 - kRowBits - 6) & 63U; }

  // Of a word's first eight bytes: 1 or 0 in the lowest bit.
  [[nodiscard]] uint64_t MayBegin(uint64_t eight) const {
    const uint32_t hash = ShortHash(eight);
    const uint64_t row = shorts[hash >> (32 - kRowBits)];
    const uint64_t hash8 = LongHash(eight);
    const uint64_t row8 = longs[hash8 >> (64 - kRowBits)];
    return (row >> FirstBit(hash) & row >> SecondBit(hash)) | row8 >> LongBit(hash8);
  }
};

// What the looks at words read.
struct WordTables {
  WordRows rows;
  PrefixSet prefixes;
};

// Words as blocks of bits: bit i of words[b] is text[64 * b + i]. Those that may begin a
// literal are written to `may` as offsets, from the first to the last. No more than
// kMostBlocks at a time; readable seven bytes behind the last block.
inline constexpr size_t kMostBlocks = 32;
inline constexpr size_t kWordsAtOnce = 8;
using WordList = std::array<uint16_t, 64 * kMostBlocks + kWordsAtOnce>;
using FilterWords = size_t (*)(const WordTables& tables, const char* text,
                               std::span<const uint64_t> words, WordList* may);

size_t FilterWordsPortable(const WordTables& tables, const char* text,
                           std::span<const uint64_t> words, WordList* may);
#if defined(__x86_64__) || defined(_M_X64)
// Only where HasAvx2(): shifts by a register, whose flags nobody waits for.
size_t FilterWordsBmi2(const WordTables& tables, const char* text, std::span<const uint64_t> words,
                       WordList* may);
#endif

class WordFilter {
 public:
  WordFilter();

  // In lower case, three bytes or more.
  void Add(std::string_view literal);

  // The same of one word's first eight bytes; zeros behind the end of the text.
  [[nodiscard]] bool MayBegin(uint64_t eight) const {
    return (tables_.rows.MayBegin(eight) & 1U) != 0;
  }
  // How many are in the list.
  size_t Filter(const char* text, std::span<const uint64_t> words, WordList* may) const {
    return filter_(tables_, text, words, may);
  }

 private:
  WordTables tables_;
  FilterWords filter_;
};

}  // namespace casepack::redaction
