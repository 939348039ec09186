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
  const auto mask = [&](size_t from) {
    const size_t bytes = std::min<size_t>(text.size() - std::min(text.size(), from), 8);
    return bytes == 0 ? 0 : ~uint64_t{0} >> (64 - 8 * bytes);
  };
  Row row{0, mask(0), 0, mask(8), static_cast<uint32_t>(literal)};
  row.folded = EightOf(text) & row.mask;
  if (row.more_mask != 0) row.more = EightOf(text.substr(8)) & row.more_mask;
  const auto four = static_cast<uint32_t>(row.folded);
  if (text.size() > 3) {
    // The low halves that byte `i` may have: every one behind the end.
    const auto halves = [&](size_t i) -> uint64_t {
      return i < text.size() ? uint64_t{1} << (static_cast<unsigned char>(text[i]) & 15U) : 0xffff;
    };
    long_[Hash(four, kLongBits)] |= static_cast<uint16_t>(halves(4));
    rest_[Hash(four, kRestBits)] |= halves(5) | halves(6) << 16 | halves(7) << 32;
  } else {
    const uint32_t bit = Hash(four & kThree, kShortBits);
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

}  // namespace casepack::redaction
