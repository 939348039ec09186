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
#include "redaction/word_filter.h"

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
  // literal. Never wrong about one that it leaves out. Readable to text[70].
  [[nodiscard]] uint64_t Filter(const char* text, uint64_t words) const {
    uint64_t begun = 0;
    for (uint64_t may = words_.Filter(text, words); may != 0; may &= may - 1) {
      const auto at = static_cast<unsigned>(__builtin_ctzll(may));
      if (HasPrefix(text + at)) begun |= uint64_t{Begins(text + at)} << at;
    }
    return begun;
  }

  // Does one begin with a short number (triggers.h)? Else they need no look.
  [[nodiscard]] bool short_numbers() const { return short_numbers_; }

  [[nodiscard]] const std::vector<Literal>& all() const { return literals_; }

  // Calls `use` for each literal that stands at `at`, in their order.
  template <typename Use>
  void ForEach(const View& view, size_t at, Use use) const {
    const std::string_view text = view.text.substr(std::min(at, view.text.size()));
    const uint64_t eight = EightOf(text);
    if (!words_.MayBegin(eight)) return;
    const uint64_t more = EightOf(text.substr(std::min<size_t>(text.size(), 8)));
    std::span<const Row> some = RowsOf(BucketOf(eight | kFold, kShort));
    std::span<const Row> rest = RowsOf(BucketOf(eight | kFold, kLong));
    while (!some.empty() || !rest.empty()) {
      if (some.empty() || (!rest.empty() && rest[0].literal < some[0].literal)) {
        std::swap(some, rest);
      }
      const Row& row = some[0];
      some = some.subspan(1);
      if (!row.first.Is(eight) || !row.more.Is(more)) continue;
      const Literal& literal = literals_[row.literal];
      if (literal.text.size() <= 16 || StandsAt(view, at, literal)) use(literal);
    }
  }

 private:
  // Eight bytes of a literal, or those that it has: letters in any case.
  struct Eight {
    uint64_t text = 0;
    uint64_t cases = 0;  // the bit of the case, where a letter is
    uint64_t mask = 0;
    [[nodiscard]] bool Is(uint64_t other) const { return ((other | cases) & mask) == text; }
  };
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
  // The longest of these that a literal fills is looked up.
  static constexpr std::array<unsigned, 4> kPrefixes = {3, 4, 6, 8};
  static constexpr uint64_t FirstBytes(unsigned count) { return ~uint64_t{0} >> (64 - 8 * count); }
  static constexpr size_t PrefixBit(uint64_t prefix) {
    return prefix * 0x9e3779b97f4a7c15U >> (64 - kPrefixBits);
  }
  [[nodiscard]] bool HasPrefix(const char* text) const {
    const uint64_t eight = EightOf({text, 8}) | kFold;
    uint64_t has = 0;
    for (const unsigned length : kPrefixes) {
      const size_t bit = PrefixBit(eight & FirstBytes(length));
      has |= prefixes_[bit / 64] >> (bit % 64);
    }
    return (has & 1) != 0;
  }
  [[nodiscard]] bool Begins(const char* text) const;
  static Eight EightFrom(std::string_view text, size_t from);
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

  static constexpr unsigned kPrefixBits = 16;
  static constexpr unsigned kBucketBits = 11;

  std::vector<Literal> literals_;
  // In the order of the literals: bucket i is rows_[first_[i]] to rows_[first_[i + 1]].
  std::vector<Row> rows_;
  std::array<uint32_t, (2U << kBucketBits) + 1> first_{};
  WordFilter words_;
  bool short_numbers_ = false;
  std::array<uint64_t, (size_t{1} << kPrefixBits) / 64> prefixes_{};
};

}  // namespace casepack::redaction
