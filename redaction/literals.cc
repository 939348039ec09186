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
        if (!IsAlnum(text[2])) Add(text, i);
      }
    } else if (text.size() > 2) {
      Add(text, i);
    }
  }
  SortRows();
}

Literals::Eight Literals::EightFrom(std::string_view text, size_t from) {
  const std::string_view part = text.substr(std::min(from, text.size())).substr(0, 8);
  if (part.empty()) return {};
  std::string cases(part.size(), '\0');
  std::transform(part.begin(), part.end(), cases.begin(),
                 [](char c) { return IsAlpha(c) ? '\x20' : '\0'; });
  return {EightOf(part), EightOf(cases), FirstBytes(static_cast<unsigned>(part.size()))};
}

void Literals::Add(std::string_view text, size_t literal) {
  const Row row{EightFrom(text, 0), EightFrom(text, 8), static_cast<uint32_t>(literal)};
  words_.Add(text);
  short_numbers_ = short_numbers_ || BeginsWithShortNumber(text);
  const auto fits = [&](unsigned length) { return length <= text.size(); };
  const unsigned longest = *std::find_if(kPrefixes.rbegin(), kPrefixes.rend(), fits);
  const size_t bit = PrefixBit((row.first.text | kFold) & FirstBytes(longest));
  prefixes_[bit / 64] |= uint64_t{1} << (bit % 64);
  rows_.push_back(row);
}

// At eight readable bytes.
bool Literals::Begins(const char* text) const {
  const uint64_t eight = EightOf({text, 8});
  const auto fits = [&](const Row& row) { return row.first.Is(eight); };
  const auto some = RowsOf(BucketOf(eight | kFold, kShort));
  const auto rest = RowsOf(BucketOf(eight | kFold, kLong));
  return std::any_of(some.begin(), some.end(), fits) || std::any_of(rest.begin(), rest.end(), fits);
}

void Literals::SortRows() {
  const auto bucket = [](const Row& row) {
    return BucketOf(row.first.text | kFold, ~row.first.mask == 0 ? kLong : kShort);
  };
  std::stable_sort(rows_.begin(), rows_.end(),
                   [&](const Row& a, const Row& b) { return bucket(a) < bucket(b); });
  for (const Row& row : rows_)
    ++first_[bucket(row) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
}

}  // namespace casepack::redaction
