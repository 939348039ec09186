#include "redaction/word_filter.h"

#include <algorithm>
#include <cstring>

#include "redaction/processor.h"

namespace casepack::redaction {
namespace {

uint64_t EightAt(const char* text) {
  uint64_t eight = 0;
  std::memcpy(&eight, text, sizeof eight);
  return eight;
}

#if defined(__x86_64__) || defined(_M_X64)
FilterWords Best() {
  if (HasAvx512()) return GathersFast() ? FilterWordsGathered : FilterWordsAvx512;
  return HasAvx2() ? FilterWordsAvx2 : FilterWordsPortable;
}
#else
FilterWords Best() { return FilterWordsPortable; }
#endif

}  // namespace

void FilterWordsPortable(const WordRows& rows, const char* text, std::span<const uint64_t> words,
                         uint64_t* may) {
  for (size_t b = 0; b < words.size(); ++b) {
    may[b] = 0;
    for (uint64_t left = words[b]; left != 0; left &= left - 1) {
      const int at = __builtin_ctzll(left);
      may[b] |= uint64_t{rows.MayBegin(EightAt(text + 64 * b + at))} << at;
    }
  }
}

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
