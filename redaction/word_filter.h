// A first look at words: may one of the literals begin here? It sends nearly all of them
// away, and never one that does begin a literal.
//
// Immutable once the literals are added; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace casepack::redaction {

struct WordRows {
  static constexpr unsigned kHashBits = 11;
  // By the hash of a word's first three bytes, the case of letters aside: what may come
  // fourth (the lower half) and fifth, by the lowest five bits of the byte.
  std::array<uint64_t, size_t{1} << kHashBits> rows{};

  static size_t HashOf(uint64_t eight) {
    return static_cast<uint32_t>(eight & 0xdfdfdfU) * 2654435761U >> (32 - kHashBits);
  }
  // Of a word's first eight bytes: 1 or 0 in the lowest bit.
  [[nodiscard]] uint64_t MayBegin(uint64_t eight) const {
    const uint64_t row = rows[HashOf(eight)];
    return static_cast<uint32_t>(row) >> (eight >> 24 & 31U) &
           static_cast<uint32_t>(row >> 32) >> (eight >> 32 & 31U);
  }
};

// Of the words that begin at the bits of `words` (bit i is text[i]) those that may begin a
// literal. Readable to text[70].
using FilterWords = uint64_t (*)(const WordRows& rows, const char* text, uint64_t words);

uint64_t FilterWordsPortable(const WordRows& rows, const char* text, uint64_t words);
#if defined(__x86_64__) || defined(_M_X64)
// Only where HasAvx2(): shifts by a register, whose flags nobody waits for.
uint64_t FilterWordsBmi2(const WordRows& rows, const char* text, uint64_t words);
#endif

class WordFilter {
 public:
  WordFilter();

  // In lower case, three bytes or more.
  void Add(std::string_view literal);

  // The same of one word's first eight bytes; zeros behind the end of the text.
  [[nodiscard]] bool MayBegin(uint64_t eight) const { return (rows_.MayBegin(eight) & 1U) != 0; }
  [[nodiscard]] uint64_t Filter(const char* text, uint64_t words) const {
    return filter_(rows_, text, words);
  }

 private:
  WordRows rows_;
  FilterWords filter_;
};

}  // namespace casepack::redaction
