#include "redaction/literals.h"

#include <algorithm>
#include <numeric>

namespace casepack::redaction {
namespace {

bool BeginsWithShortNumber(std::string_view text) {
  constexpr std::string_view goes_on = "/;\x1b";
  const size_t digits = IsDigit(text[1]) ? 2 : 1;
  return IsDigit(text[0]) && !IsAlnum(text[digits]) &&
         goes_on.find(text[digits]) == std::string_view::npos;
}

}  // namespace

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
  words_.Add(text);
  short_numbers_ = short_numbers_ || BeginsWithShortNumber(text);
  const auto fits = [&](unsigned length) { return length <= text.size(); };
  const unsigned longest = *std::find_if(kPrefixes.rbegin(), kPrefixes.rend(), fits);
  const size_t bit = PrefixBit(row.folded & FirstBytes(longest));
  prefixes_[bit / 64] |= uint64_t{1} << (bit % 64);
  rows_.push_back(row);
}

// At eight readable bytes.
bool Literals::Begins(const char* text) const {
  const uint64_t eight = EightOf({text, 8});
  const auto fits = [&](const Row& row) { return (eight & row.mask) == row.folded; };
  const auto some = RowsOf(BucketOf(eight, kShort));
  const auto rest = RowsOf(BucketOf(eight, kLong));
  return std::any_of(some.begin(), some.end(), fits) || std::any_of(rest.begin(), rest.end(), fits);
}

void Literals::SortRows() {
  const auto bucket = [](const Row& row) {
    return BucketOf(row.folded, ~row.mask == 0 ? kLong : kShort);
  };
  std::stable_sort(rows_.begin(), rows_.end(),
                   [&](const Row& a, const Row& b) { return bucket(a) < bucket(b); });
  for (const Row& row : rows_)
    ++first_[bucket(row) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

}  // namespace casepack::redaction
