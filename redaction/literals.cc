#include "redaction/literals.h"

#include <algorithm>

namespace casepack::redaction {
namespace {

constexpr uint64_t kFold = 0x2020202020202020U;

uint64_t EightOf(std::string_view text) {
  uint64_t eight = 0;
  std::memcpy(&eight, text.data(), std::min<size_t>(text.size(), 8));
  return eight | kFold;
}

}  // namespace

Literals::Literals(std::vector<Literal> literals)
    : literals_(std::move(literals)), buckets_(size_t{1} << kBucketBits) {
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
  buckets_[Bucket(three)].push_back(row);
}

bool Literals::Begins(const char* text) const {
  const uint64_t eight = EightOf({text, 8});
  const std::vector<Row>& rows = buckets_[Bucket(static_cast<uint32_t>(eight) & kThree)];
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Row& row) { return (eight & row.mask) == row.folded; });
}

const Literal* Literals::Find(const View& view, size_t at, size_t* next) const {
  const uint64_t eight = EightOf(view.text.substr(std::min(at, view.text.size()), 8));
  for (const Row& row : buckets_[Bucket(static_cast<uint32_t>(eight) & kThree)]) {
    if (row.literal < *next || (eight & row.mask) != row.folded) continue;
    if (!StandsAt(view, at, literals_[row.literal])) continue;
    *next = row.literal + 1;
    return &literals_[row.literal];
  }
  return nullptr;
}

}  // namespace casepack::redaction
