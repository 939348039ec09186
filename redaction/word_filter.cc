#include "redaction/word_filter.h"

#include <algorithm>

#include "redaction/triggers.h"

namespace casepack::redaction {
namespace {

// Four at a time: how many there are is hard to guess. Behind the last one the highest bit
// stands in.
inline __attribute__((always_inline)) uint64_t Filtered(const WordRows& rows, const char* text,
                                                        uint64_t words) {
  constexpr uint64_t kLast = uint64_t{1} << 63;
  uint64_t may = 0;
  for (uint64_t left = words; left != 0;) {
    for (int i = 0; i < 4; ++i, left &= left - 1) {
      const auto at = static_cast<unsigned>(__builtin_ctzll(left | kLast));
      uint64_t eight = 0;
      std::memcpy(&eight, text + at, sizeof eight);
      may |= (rows.MayBegin(eight) & 1U) << at;
    }
  }
  return may & words;
}

#if defined(__x86_64__) || defined(_M_X64)
FilterWords Best() { return HasAvx2() ? FilterWordsBmi2 : FilterWordsPortable; }
#else
FilterWords Best() { return FilterWordsPortable; }
#endif

}  // namespace

uint64_t FilterWordsPortable(const WordRows& rows, const char* text, uint64_t words) {
  return Filtered(rows, text, words);
}

#if defined(__x86_64__) || defined(_M_X64)
__attribute__((target("bmi,bmi2"))) uint64_t FilterWordsBmi2(const WordRows& rows, const char* text,
                                                             uint64_t words) {
  return Filtered(rows, text, words);
}
#endif

WordFilter::WordFilter() : filter_(Best()) {}

void WordFilter::Add(std::string_view literal) {
  uint64_t eight = 0;
  std::memcpy(&eight, literal.data(), std::min<size_t>(literal.size(), 8));
  // Behind the end of the literal anything may come.
  const auto bits = [&](size_t i) -> uint64_t {
    return i < literal.size() ? uint64_t{1} << (literal[i] & 31) : 0xffffffffU;
  };
  rows_.rows[WordRows::HashOf(eight)] |= bits(3) | bits(4) << 32;
}

}  // namespace casepack::redaction
