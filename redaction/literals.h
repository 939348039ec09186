// Which words stand at a place? Literals of rules, programs and known names, found by
// their first letters; nearly all words are sent away by word_filter.h.
//
// Immutable once made, any thread. Letters are compared without regard to case.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "redaction/view.h"
#include "redaction/word_filter.h"

namespace casepack::redaction {

struct Literal {
  enum class Kind : uint8_t { kRule, kCommand, kToken, kMarker, kHost, kDomain, kUser };
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

  // Of the words that begin at the bits of words[b] (bit i is text[64 * b + i]), those that
  // may be a literal, in begun[b]. Never wrong about one that it leaves out. Readable 64 bytes
  // behind the last block.
  void Filter(const char* text, std::span<const uint64_t> words, uint64_t* begun) const;

  // Does one begin with a number (triggers.h)? Else they need no look.
  [[nodiscard]] bool numbers() const { return numbers_; }

  [[nodiscard]] const std::vector<Literal>& all() const { return literals_; }

  // Puts the literals that stand at `at` into `found`, in their order.
  void Find(const View& view, size_t at, std::vector<const Literal*>* found) const;

 private:
  // Eight bytes of a literal, or those that it has: letters in any case.
  struct Eight {
    uint64_t text = 0;
    uint64_t cases = 0;  // the bit of the case, where a letter is
    uint64_t mask = 0;
    [[nodiscard]] bool Is(uint64_t other) const { return ((other | cases) & mask) == text; }
  };
  // A literal is found by its first three bytes, by seven where it has them, or by nine.
  enum Length : uint8_t { kShort, kSeven, kLonger, kLengths };
  struct Row {
    Eight first;
    Eight more;  // the next eight bytes
    uint32_t literal = 0;
  };
  static uint64_t EightOf(std::string_view text) {
    uint64_t eight = 0;
    if (text.size() >= 8) {
      std::memcpy(&eight, text.data(), 8);
    } else {
      std::memcpy(&eight, text.data(), text.size());
    }
    return eight;
  }
  // For the tables, letters or not.
  static constexpr uint64_t kFold = 0x2020202020202020U;
  static constexpr uint32_t kThree = 0x00ffffffU;  // as on a machine that is little-endian
  static constexpr uint32_t Hash(uint32_t key, unsigned bits) {
    return (key * 2654435761U) >> (32 - bits);
  }
  static constexpr uint64_t FirstBytes(unsigned count) { return ~uint64_t{0} >> (64 - 8 * count); }
  static Eight EightFrom(std::string_view text, size_t from);
  void Add(std::string_view text, size_t literal);
  void SortRows();
  struct Place;  // what stands there
  void FindIn(Length length, const Place& place, std::vector<const Literal*>* found) const;

  static Length LengthOf(const Row& row) {
    if (row.first.mask < FirstBytes(WordRows::kLong)) return kShort;
    return row.more.mask == 0 ? kSeven : kLonger;
  }
  static uint32_t BucketOf(uint64_t eight, char ninth, size_t length) {
    const auto low = static_cast<uint32_t>(eight);
    if (length == kShort) return Hash(low & kThree, kBucketBits);
    const uint64_t key = eight & FirstBytes(WordRows::kLong);
    uint32_t hash = low ^ static_cast<uint32_t>(key >> 32) * 2246822519U;
    if (length == kLonger) hash += (static_cast<unsigned char>(ninth) | 0x20U) * 3266489917U;
    return Hash(hash, kBucketBits) + (static_cast<uint32_t>(length) << kBucketBits);
  }
  [[nodiscard]] std::span<const Row> RowsOf(uint32_t bucket) const {
    return {rows_.data() + first_[bucket], rows_.data() + first_[bucket + 1]};
  }

  static constexpr unsigned kBucketBits = 11;

  std::vector<Literal> literals_;
  // In the order of the literals: bucket i is rows_[first_[i]] to rows_[first_[i + 1]].
  std::vector<Row> rows_;
  std::array<uint32_t, (size_t{kLengths} << kBucketBits) + 1> first_{};
  WordFilter words_;
  bool numbers_ = false;
};

}  // namespace casepack::redaction
