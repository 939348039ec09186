// Which words stand at a place? Literals of rules, programs and known names, found by
// their first letters in one table; nearly all words are sent away by two bits.
//
// Immutable once made, any thread. Letters are compared without regard to case.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/view.h"

namespace casepack::redaction {

struct Literal {
  enum class Kind : uint8_t { kRule, kCommand, kToken, kHost, kDomain, kUser };
  std::string text;  // in lower case
  Kind kind = Kind::kRule;
  size_t index = 0;  // of the rule, the command
};

// Whole, and as a word of its own where it is only two letters long.
inline bool StandsAt(const View& view, size_t at, const Literal& literal) {
  if (literal.text.size() < 2 || !StartsAtAnyCase(view, at, literal.text)) return false;
  return literal.text.size() > 2 || !IsAlnum(view.At(at + 2));
}

class Literals {
 public:
  // Earlier ones are offered first where several stand at one place. A text of two bytes
  // is a word of its own; shorter ones are left out.
  explicit Literals(std::vector<Literal> literals);

  // Of the words that begin at the bits of `words` (bit i is text[i]), those that may be a
  // literal: a first look at five bytes each, a second one at eight. Never wrong about one
  // that it leaves out. Readable to text[70].
  [[nodiscard]] uint64_t Filter(const char* text, uint64_t words) const {
    uint64_t may = 0;
    for (uint64_t left = words; left != 0;) {
      // Four at a time: how many there are is hard to foretell. Behind the last one the
      // highest bit stands in.
      for (int i = 0; i < 4; ++i, left &= left - 1) {
        const auto at = static_cast<unsigned>(__builtin_ctzll(left | uint64_t{1} << 63));
        may |= MayBegin(text + at) << at;
      }
    }
    uint64_t begun = 0;
    for (may &= words; may != 0; may &= may - 1) {
      const auto at = static_cast<unsigned>(__builtin_ctzll(may));
      begun |= MayGoOn(text + at) << at;
    }
    return begun;
  }

  [[nodiscard]] const std::vector<Literal>& all() const { return literals_; }

  // Calls `use` for each literal that stands at `at`, in their order.
  template <typename Use>
  void ForEach(const View& view, size_t at, Use use) const {
    const std::string_view text = view.text.substr(std::min(at, view.text.size()));
    const uint64_t eight = EightOf(text);
    const uint64_t more = EightOf(text.substr(std::min<size_t>(text.size(), 8)));
    for (const Row& row : RowsOf(eight)) {
      if ((eight & row.mask) != row.folded || (more & row.more_mask) != row.more) continue;
      if (const Literal& literal = literals_[row.literal]; StandsAt(view, at, literal))
        use(literal);
    }
  }

 private:
  // The first eight bytes of a literal and the next eight, folded to lower case (other
  // bytes may meet, too), under the masks of those that it has.
  struct Row {
    uint64_t folded;
    uint64_t mask;
    uint64_t more;
    uint64_t more_mask;
    uint32_t literal;
  };
  static uint64_t EightOf(std::string_view text) {
    uint64_t eight = 0;
    if (text.size() >= 8) {
      std::memcpy(&eight, text.data(), 8);
    } else {
      std::memcpy(&eight, text.data(), text.size());
    }
    return eight | 0x2020202020202020U;
  }
  static constexpr uint32_t kThree = 0x00ffffffU;  // as on a machine that is little-endian
  static constexpr uint32_t Hash(uint32_t key, unsigned bits) {
    return (key * 2654435761U) >> (32 - bits);
  }
  [[nodiscard]] uint64_t MayBegin(const char* text) const {
    uint32_t four = 0;
    std::memcpy(&four, text, 4);
    four |= 0x20202020U;
    const uint32_t three = Hash(four & kThree, kShortBits);
    const unsigned fifth = static_cast<unsigned char>(text[4]) & 15U;
    return (short_[three / 64] >> (three % 64) | long_[Hash(four, kLongBits)] >> fifth) & 1;
  }
  // The same for the sixth to the eighth byte of the long ones.
  [[nodiscard]] uint64_t MayGoOn(const char* text) const {
    const uint64_t eight = EightOf({text, 8});
    const uint32_t three = Hash(static_cast<uint32_t>(eight) & kThree, kShortBits);
    const uint64_t rest = rest_[Hash(static_cast<uint32_t>(eight), kRestBits)];
    const uint64_t fits = rest >> (eight >> 40 & 15U) & rest >> (16 + (eight >> 48 & 15U)) &
                          rest >> (32 + (eight >> 56 & 15U));
    return (short_[three / 64] >> (three % 64) | fits) & 1;
  }
  void Add(std::string_view text, size_t literal);
  void SortRows();
  [[nodiscard]] std::span<const Row> RowsOf(uint64_t eight) const {
    const uint32_t bucket = Bucket(static_cast<uint32_t>(eight) & kThree);
    return {rows_.data() + first_[bucket], rows_.data() + first_[bucket + 1]};
  }

  static constexpr unsigned kShortBits = 14;
  static constexpr unsigned kLongBits = 13;
  static constexpr unsigned kRestBits = 11;
  static constexpr unsigned kBucketBits = 12;
  static constexpr uint32_t Bucket(uint32_t three) { return Hash(three, kBucketBits); }

  std::vector<Literal> literals_;
  // By three bytes, in the order of the literals: bucket i is rows_[first_[i]] to
  // rows_[first_[i + 1]].
  std::vector<Row> rows_;
  std::array<uint32_t, (1U << kBucketBits) + 1> first_{};
  // By three bytes: literals that have no fourth.
  std::array<uint64_t, (1U << kShortBits) / 64> short_{};
  // By four: the low halves of a fifth byte, as bits.
  std::array<uint16_t, 1U << kLongBits> long_{};
  // By four: the same of the three bytes behind that, one above the other.
  std::array<uint64_t, 1U << kRestBits> rest_{};
};

}  // namespace casepack::redaction
