#include "redaction/word_filter.h"

#include <algorithm>
#include <cstring>

#include "redaction/bit_list.h"
#include "redaction/processor.h"

namespace casepack::redaction {
namespace {

constexpr size_t kWordsAtOnce = 8;  // as many as a block of most texts has

inline __attribute__((always_inline)) uint64_t EightAt(const char* text) {
  uint64_t eight = 0;
  std::memcpy(&eight, text, sizeof eight);
  return eight;
}

// Nothing branches on what the words are.
inline __attribute__((always_inline)) void Filtered(const WordRows& rows, const char* text,
                                                    std::span<const uint64_t> words,
                                                    uint64_t* may) {
  std::array<uint16_t, 64 * kMostBlocks + kWordsAtOnce> list;
  std::array<uint16_t, 64 * kMostBlocks + 1> some;
  const size_t count = ListBits<kWordsAtOnce>(words, list.data());
  size_t left = 0;
  for (size_t i = 0; i < count; ++i) {
    some[left] = list[i];
    left += rows.MayBegin(EightAt(text + list[i])) ? 1 : 0;
  }
  std::fill_n(may, words.size(), 0);
  for (size_t i = 0; i < left; ++i)
    may[some[i] / 64] |= uint64_t{1} << (some[i] % 64);
}

#if defined(__x86_64__) || defined(_M_X64)
FilterWords Best() {
  if (HasAvx512()) return FilterWordsAvx512;
  return HasAvx2() ? FilterWordsAvx2 : FilterWordsPortable;
}
#else
FilterWords Best() { return FilterWordsPortable; }
#endif

}  // namespace

void FilterWordsPortable(const WordRows& rows, const char* text, std::span<const uint64_t> words,
                         uint64_t* may) {
  Filtered(rows, text, words, may);
}

#if defined(__x86_64__) || defined(_M_X64)
__attribute__((target("avx2,bmi,bmi2,popcnt"))) void FilterWordsAvx2(
    const WordRows& rows, const char* text, std::span<const uint64_t> words, uint64_t* may) {
  Filtered(rows, text, words, may);
}
#endif

WordFilter::WordFilter() : filter_(Best()) {}

void WordFilter::Add(std::string_view literal) {
  uint64_t eight = 0;
  std::memcpy(&eight, literal.data(), std::min<size_t>(literal.size(), 8));
  uint64_t bits = WordRows::ClassBits(eight);
  if (literal.size() < 8) bits |= ~uint64_t{0} << (8 * literal.size());  // anything may follow
  if (literal.size() < WordRows::kLong) {
    rows_.shorts[WordRows::ShortRow(eight)] |= bits;
  } else {
    rows_.longs[WordRows::LongRow(eight)] |= bits;
  }
}

}  // namespace casepack::redaction
