#include "redaction/word_filter.h"

#include <algorithm>
#include <cstring>

#include "redaction/bit_list.h"
#include "redaction/triggers.h"

namespace casepack::redaction {
namespace {

inline __attribute__((always_inline)) uint64_t EightAt(const char* text) {
  uint64_t eight = 0;
  std::memcpy(&eight, text, sizeof eight);
  return eight;
}

// Nothing branches on what the words are; the second look need only be at what the first
// one left.
inline __attribute__((always_inline)) size_t Filtered(const WordTables& tables, const char* text,
                                                      std::span<const uint64_t> words,
                                                      WordList* may) {
  WordList all;
  WordList some;
  const size_t count = ListBits<kWordsAtOnce>(words, all.data());
  uint16_t* out = some.data();
  for (size_t i = 0; i < count; ++i) {
    *out = all[i];
    out += tables.rows.MayBegin(EightAt(text + all[i])) & 1U;
  }
  const auto left = static_cast<size_t>(out - some.data());
  out = may->data();
  for (size_t i = 0; i < left; ++i) {
    *out = some[i];
    out += tables.prefixes.MayHave(EightAt(text + some[i]));
  }
  return static_cast<size_t>(out - may->data());
}

#if defined(__x86_64__) || defined(_M_X64)
FilterWords Best() { return HasAvx2() ? FilterWordsBmi2 : FilterWordsPortable; }
#else
FilterWords Best() { return FilterWordsPortable; }
#endif

}  // namespace

size_t FilterWordsPortable(const WordTables& tables, const char* text,
                           std::span<const uint64_t> words, WordList* may) {
  return Filtered(tables, text, words, may);
}

#if defined(__x86_64__) || defined(_M_X64)
__attribute__((target("bmi,bmi2,popcnt"))) size_t FilterWordsBmi2(const WordTables& tables,
                                                                  const char* text,
                                                                  std::span<const uint64_t> words,
                                                                  WordList* may) {
  return Filtered(tables, text, words, may);
}
#endif

WordFilter::WordFilter() : filter_(Best()) {}

void WordFilter::Add(std::string_view literal) {
  uint64_t eight = 0;
  std::memcpy(&eight, literal.data(), std::min<size_t>(literal.size(), 8));
  tables_.prefixes.Add(eight, literal.size());
  constexpr unsigned kBits = WordRows::kRowBits;
  if (literal.size() >= 8) {
    const uint64_t hash = WordRows::LongHash(eight);
    tables_.rows.longs[hash >> (64 - kBits)] |= uint64_t{1} << WordRows::LongBit(hash);
    return;
  }
  for (uint64_t fourth = 0; fourth < 32; ++fourth) {
    if (literal.size() > 3 && fourth != (eight >> 24 & 31U)) continue;
    const uint32_t hash = WordRows::ShortHash((eight & 0xffffffU) | fourth << 24);
    tables_.rows.shorts[hash >> (32 - kBits)] |=
        uint64_t{1} << WordRows::FirstBit(hash) | uint64_t{1} << WordRows::SecondBit(hash);
  }
}

}  // namespace casepack::redaction
