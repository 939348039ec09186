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
      if (MayGoOn(text + at) != 0) begun |= uint64_t{Begins(text + at)} << at;
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
    std::span<const Row> some = RowsOf(BucketOf(eight, kShort));
    std::span<const Row> rest = RowsOf(BucketOf(eight, kLong));
    while (!some.empty() || !rest.empty()) {
      if (some.empty() || (!rest.empty() && rest[0].literal < some[0].literal)) {
        std::swap(some, rest);
      }
      const Row& row = some[0];
      some = some.subspan(1);
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
  // What the hash of the first three bytes says of the ones behind: bit i of 16 is set when
  // the low half of the byte may be i.
  static unsigned Half(char c) { return static_cast<unsigned char>(c) & 15U; }
  [[nodiscard]] uint64_t MayBegin(const char* text) const {
    uint32_t four = 0;
    std::memcpy(&four, text, 4);
    const uint32_t next = next_[Hash((four | kFold) & kThree, kNextBits)];
    return next >> (four >> 24 & 15U) & next >> (16 + Half(text[4])) & 1;
  }
  [[nodiscard]] uint64_t MayGoOn(const char* text) const {
    uint32_t four = 0;
    std::memcpy(&four, text, 4);
    const uint64_t rest = rest_[Hash((four | kFold) & kThree, kRestBits)];
    return rest >> Half(text[5]) & rest >> (16 + Half(text[6])) & rest >> (32 + Half(text[7])) & 1;
  }
  [[nodiscard]] bool Begins(const char* text) const;
  void Add(std::string_view text, size_t literal);
  void SortRows();

  // A literal of eight bytes and more is found by its first eight, others by three.
  enum Length : uint8_t { kShort, kLong };
  static uint32_t BucketOf(uint64_t eight, Length length) {
    const auto low = static_cast<uint32_t>(eight);
    if (length == kShort) return Hash(low & kThree, kBucketBits);
    const uint32_t high = static_cast<uint32_t>(eight >> 32) * 2246822519U;
    return Hash(low ^ high, kBucketBits) + (1U << kBucketBits);
  }
  [[nodiscard]] std::span<const Row> RowsOf(uint32_t bucket) const {
    return {rows_.data() + first_[bucket], rows_.data() + first_[bucket + 1]};
  }

  static constexpr uint32_t kFold = 0x20202020U;
  static constexpr unsigned kNextBits = 12;
  static constexpr unsigned kRestBits = 11;
  static constexpr unsigned kBucketBits = 11;

  std::vector<Literal> literals_;
  // In the order of the literals: bucket i is rows_[first_[i]] to rows_[first_[i + 1]].
  std::vector<Row> rows_;
  std::array<uint32_t, (2U << kBucketBits) + 1> first_{};
  // By three bytes: the fourth and the fifth, the fifth above the fourth.
  std::array<uint32_t, 1U << kNextBits> next_{};
  // By three bytes: the sixth, the seventh and the eighth.
  std::array<uint64_t, 1U << kRestBits> rest_{};
};

}  // namespace casepack::redaction
