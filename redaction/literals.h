// Which words stand at a place? Literals of rules, programs and known names, found by
// their first letters; nearly all words are sent away by word_filter.h.
//
// Immutable once made, any thread. Letters are compared without regard to case, unless the
// literal wants its own.
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
  std::string text;  // in lower case, or `exact`
  Kind kind = Kind::kRule;
  size_t index = 0;  // of the rule, the command
  bool exact = false;
};

// Whole, and as a word of its own where it is only two letters long.
inline bool StandsAt(const View& view, size_t at, const Literal& literal) {
  if (literal.text.size() < 2) return false;
  const bool starts =
      literal.exact ? StartsAt(view, at, literal.text) : StartsAtAnyCase(view, at, literal.text);
  if (!starts) return false;
  return literal.text.size() > 2 || !IsAlnum(view.At(at + 2));
}

// Literals that begin at a place, by their row in the table.
struct LiteralHit {
  size_t at = 0;
  uint32_t row = 0;
};

// Which literals begin where in a stretch of text: what the filter found is not looked up
// again. Belongs to one thread.
class Standing {
 public:
  // Nothing is known.
  void Clear();
  // From `from` on the filter is asked next, and was, up to `to`.
  void Begin(size_t from) { from_ = to_ = from; }
  void GoOn(size_t to) { to_ = to; }
  std::vector<LiteralHit>* hits() { return &hits_; }

  // Would a literal that begins a word at `at` have been found, if a rule may match there? (Not
  // what is glued to another word: behind an escape, a colour or a marker.)
  [[nodiscard]] bool Knows(std::string_view text, size_t at) const {
    return at >= from_ && at < to_ && (at == 0 || text[at] == '$' || !IsAlnum(text[at - 1]));
  }
  [[nodiscard]] bool KnowsAll(size_t from, size_t to) const { return from >= from_ && to <= to_; }
  // The hits from `at` on. Cheapest where the places asked for go up.
  std::span<const LiteralHit> From(size_t at);

 private:
  std::vector<LiteralHit> hits_;  // in the order of their places
  size_t from_ = 0;
  size_t to_ = 0;
  size_t next_ = 0;
};

class Literals {
 public:
  // Earlier ones are offered first where several stand at one place. A text of two bytes
  // is a word of its own; shorter ones are left out.
  explicit Literals(std::vector<Literal> literals);
  Literals(const Literals&) = delete;
  Literals& operator=(const Literals&) = delete;

  // Of the words that begin at the bits of words[b] (bit i is text[64 * b + i]), those whose
  // first 16 bytes are a literal's, in begun[b]; and told to `hits`, where text[0] is `offset`.
  // Readable 64 bytes behind the last block.
  void Filter(const char* text, std::span<const uint64_t> words, uint64_t* begun, size_t offset,
              std::vector<LiteralHit>* hits) const;

  // Does one begin with a number (triggers.h)? Else they need no look.
  [[nodiscard]] bool numbers() const { return numbers_; }

  [[nodiscard]] const std::vector<Literal>& all() const { return literals_; }

  // The literals that stand at a place, in their order: of the table, or put into `room`.
  using Found = std::span<const Literal* const>;
  // Those of a hit; where they are longer than 16 bytes, the rest was not looked at.
  [[nodiscard]] Found InRow(uint32_t row) const {
    return Found(order_).subspan(rows_[row].from, rows_[row].to - rows_[row].from);
  }
  Found Find(const View& view, size_t at, std::vector<const Literal*>* room) const;
  // The same of those hits that are at `at`, which are the first ones.
  Found Recall(const View& view, size_t at, std::span<const LiteralHit> hits,
               std::vector<const Literal*>* room) const {
    if (hits.empty() || hits.front().at != at) return {};
    const Row& row = rows_[hits.front().row];
    const bool alone = hits.size() < 2 || hits[1].at != at;
    if (alone && row.whole()) return InRow(hits.front().row);
    return RecallAll(view, at, hits, room);
  }

 private:
  // Eight bytes of a literal, or those that it has: letters in any case, or in theirs (exact).
  struct Eight {
    uint64_t text = 0;
    uint64_t cases = 0;  // the bit of the case, where a letter is
    uint64_t mask = 0;
    // Nothing where they are the same.
    [[nodiscard]] uint64_t Unlike(uint64_t other) const { return ((other | cases) & mask) ^ text; }
    bool operator==(const Eight&) const = default;
  };
  // A literal is found by its first three bytes, by five where it has them, or by ten: many
  // begin alike ("password ...").
  enum Length : uint8_t { kThree, kFive, kTen, kLengths };
  static constexpr unsigned kBucketBits = 11;
  static constexpr uint32_t kBuckets = uint32_t{kLengths} << kBucketBits;
  struct Place {  // what stands there
    uint64_t eight = 0;
    uint64_t more = 0;  // the next eight
  };
  // The literals *order_[from] to *order_[to - 1], which have the same first 16 bytes.
  struct alignas(64) Row {
    Eight first;
    Eight more;
    uint32_t from = 0;
    uint32_t to = 0;
    // None of them is longer than that.
    [[nodiscard]] bool whole() const { return more.mask != ~uint64_t{0}; }
    [[nodiscard]] bool Has(const Place& place) const {
      return (first.Unlike(place.eight) | more.Unlike(place.more)) == 0;
    }
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
  static constexpr uint32_t kLowThree = 0x00ffffffU;  // as on a machine that is little-endian
  static constexpr uint32_t Hash(uint32_t key, unsigned bits) {
    return (key * 2654435761U) >> (32 - bits);
  }
  static constexpr uint64_t FirstBytes(unsigned count) { return ~uint64_t{0} >> (64 - 8 * count); }
  static Eight EightFrom(std::string_view text, size_t from, bool exact);
  Found RecallAll(const View& view, size_t at, std::span<const LiteralHit> hits,
                  std::vector<const Literal*>* room) const;
  void Take(const View& view, size_t at, const Row& row, std::vector<const Literal*>* room) const;
  struct Entry;  // of a literal on its way into the rows
  void Add(std::string_view text, size_t literal, std::vector<Entry>* entries);
  void MakeRows(std::vector<Entry> entries);

  static Length LengthOf(const Row& row) {
    if (row.first.mask < FirstBytes(5)) return kThree;
    return row.more.mask < FirstBytes(2) ? kFive : kTen;
  }
  using Buckets = std::array<uint32_t, kLengths>;
  static Buckets BucketsOf(const Place& place) {
    const uint64_t eight = place.eight | kFold;
    const auto low = static_cast<uint32_t>(eight);
    const auto high = static_cast<uint32_t>(eight >> 32);
    const auto more = static_cast<uint32_t>((place.more | kFold) & FirstBytes(2));
    const uint32_t five = low ^ (high & 0xffU) * 2246822519U;
    const uint32_t ten = (low ^ high * 2246822519U) + more * 3266489917U;
    constexpr uint32_t kOfOne = uint32_t{1} << kBucketBits;
    return {Hash(low & kLowThree, kBucketBits), Hash(five, kBucketBits) + kFive * kOfOne,
            Hash(ten, kBucketBits) + kTen * kOfOne};
  }
  // Shows `look` each row that has what stands there. Most buckets have one row or none, so
  // the first one is looked at without a question.
  template <typename Look>
  void EachRow(const Place& place, Look look) const {
    const Row* const rows = rows_.data();
    for (const uint32_t bucket : BucketsOf(place)) {
      const Row* row = rows + first_[bucket];
      const Row* const end = rows + first_[bucket + 1];
      do {
        const bool is = row->Has(place) & (row < end);
        if (is) look(static_cast<uint32_t>(row - rows));
      } while (++row < end);
    }
  }

  std::vector<Literal> literals_;
  std::vector<const Literal*> order_;  // of literals_
  // Bucket i is rows_[first_[i]] to rows_[first_[i + 1]]. The last row is none.
  std::vector<Row> rows_;
  std::array<uint32_t, kBuckets + 1> first_{};
  WordFilter words_;
  bool numbers_ = false;
};

}  // namespace casepack::redaction
