#include "redaction/literals.h"

#include <algorithm>
#include <numeric>

namespace casepack::redaction {
Literals::Literals(std::vector<Literal> literals) : literals_(std::move(literals)) {
  for (size_t i = 0; i < literals_.size(); ++i) {
    std::string text = literals_[i].text;
    if (text.size() == 2) {
      // A word of two letters: whatever ends a word may follow.
      text.push_back(' ');
      for (int c = 0; c < 256; ++c) {
        text[2] = static_cast<char>(c);
        const bool folds = (c & 0x20) == 0 && !IsAlnum(static_cast<char>(c | 0x20));
        if (!IsAlnum(text[2]) && !folds) Add(text, i);
      }
    } else if (text.size() > 2) {
      Add(text, i);
    }
  }
  SortRows();
}

void Literals::Add(std::string_view text, size_t literal) {
  Row row{EightOf(text), ~uint64_t{0}, static_cast<uint32_t>(literal)};
  if (text.size() < 8) row.mask >>= 64 - 8 * text.size();
  row.folded &= row.mask;
  const auto three = static_cast<uint32_t>(row.folded) & kThree;
  if (text.size() > 3) {
    const unsigned fifth = static_cast<unsigned char>(text[std::min<size_t>(text.size() - 1, 4)]);
    long_[Hash(static_cast<uint32_t>(row.folded), kLongBits)] |=
        text.size() > 4 ? static_cast<uint16_t>(1U << (fifth & 15U)) : uint16_t{0xffff};
  } else {
    const uint32_t bit = Hash(three, kShortBits);
    short_[bit / 64] |= uint64_t{1} << (bit % 64);
  }
  rows_.push_back(row);
}

void Literals::SortRows() {
  const auto bucket = [](const Row& row) {
    return Bucket(static_cast<uint32_t>(row.folded) & kThree);
  };
  std::stable_sort(rows_.begin(), rows_.end(),
                   [&](const Row& a, const Row& b) { return bucket(a) < bucket(b); });
  for (const Row& row : rows_)
    ++first_[bucket(row) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

bool Literals::Begins(const char* text) const {
  const uint64_t eight = EightOf({text, 8});
  const std::span<const Row> rows = RowsOf(eight);
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Row& row) { return (eight & row.mask) == row.folded; });
}

}  // namespace casepack::redaction
