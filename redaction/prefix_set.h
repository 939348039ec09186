// The first eight bytes of many texts: does a word begin with one of them? The second look
// at words, behind word_filter.h; hardly ever wrong, and never when it says no.
//
// Immutable once they are added; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace casepack::redaction {

class PrefixSet {
 public:
  // `eight`: the first bytes of a text of `size` bytes, three at least; the case of letters
  // aside.
  void Add(uint64_t eight, size_t size) {
    const uint64_t hash = HashOf(eight, std::min<size_t>(size, 8));
    rows_[RowOf(hash)] |= Bit(hash) | Bit(hash >> 6) | Bit(hash >> 12);
  }

  // Of a word's first eight bytes: 1 or 0.
  [[nodiscard, gnu::always_inline]] uint64_t MayHave(uint64_t eight) const {
    uint64_t has = 0;
    for (size_t length = kShortest; length <= 8; ++length) {
      const uint64_t hash = HashOf(eight, length);
      const uint64_t row = rows_[RowOf(hash)];
      has |= row >> (hash & 63U) & row >> (hash >> 6 & 63U) & row >> (hash >> 12 & 63U);
    }
    return has & 1U;
  }

 private:
  static constexpr size_t kShortest = 3;
  static constexpr unsigned kRowBits = 9;
  static constexpr unsigned kHashBits = kRowBits + 18;

  static constexpr uint64_t HashOf(uint64_t eight, size_t length) {
    constexpr uint64_t kFold = 0x2020202020202020U;
    return ((eight | kFold) << (64 - 8 * length)) * 0x9e3779b97f4a7c15U >> (64 - kHashBits);
  }
  static constexpr size_t RowOf(uint64_t hash) { return hash >> 18; }
  static constexpr uint64_t Bit(uint64_t place) { return uint64_t{1} << (place & 63U); }

  // A Bloom filter of which one row is read for each length.
  std::array<uint64_t, size_t{1} << kRowBits> rows_{};
};

}  // namespace casepack::redaction
