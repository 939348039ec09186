#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <array>
#include <cstring>

#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"

#define CASEPACK_AVX2 __attribute__((target("avx2")))

namespace casepack::redaction {
namespace {

// A byte is in class c when bit c is set in the row of its low half and in that of its
// high half (the two-table lookup known from simdjson and Teddy).
enum : char {
  kDigits = 1,       // 3x: 0-9
  kLettersLow = 2,   // 4x, 6x: A-O, a-o
  kLettersHigh = 4,  // 5x, 7x: P-Z, p-z
  kThree = 8,        // : = >
  kTwo = 16,         // % &
  kAt = 32,          // @
  kBracket = 64,     // [ and ESC
  kNewline = static_cast<char>(128),
};
constexpr char kAlnum = kDigits | kLettersLow | kLettersHigh;

// clang-format off
constexpr std::array<char, 16> kByLow = {
    /* 0 */ kDigits | kLettersHigh | kAt,
    /* 1 */ kAlnum, kAlnum, kAlnum,
    /* 4 */ kAlnum, kAlnum | kTwo, kAlnum | kTwo,
    /* 7 */ kAlnum, kAlnum, kAlnum,
    /* A */ kLettersLow | kLettersHigh | kThree | kNewline,
    /* B */ kLettersLow | kBracket,
    /* C */ kLettersLow,
    /* D */ kLettersLow | kThree,
    /* E */ kLettersLow | kThree,
    /* F */ kLettersLow,
};
constexpr std::array<char, 16> kByHigh = {
    /* 0 */ kNewline, kBracket, kTwo, kDigits | kThree,
    /* 4 */ kLettersLow | kAt, kLettersHigh | kBracket, kLettersLow, kLettersHigh,
    /* 8 */ 0, 0, 0, 0, 0, 0, 0, 0,
};
// clang-format on

struct Tables {
  __m256i low;
  __m256i high;
};

CASEPACK_AVX2 inline __m256i Both(const std::array<char, 16>& table) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

CASEPACK_AVX2 inline uint64_t Bits(__m256i mask) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(mask));
}

CASEPACK_AVX2 inline uint64_t None(__m256i classes, char wanted) {
  return Bits(_mm256_cmpeq_epi8(_mm256_and_si256(classes, _mm256_set1_epi8(wanted)),
                                _mm256_setzero_si256()));
}

CASEPACK_AVX2 inline uint64_t Is(__m256i bytes, char c) {
  return Bits(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)));
}

CASEPACK_AVX2 inline void Classify32(const char* text, unsigned shift, const Tables& tables,
                                     ByteClasses* classes) {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  const __m256i nibble = _mm256_set1_epi8(0x0f);
  const __m256i low = _mm256_shuffle_epi8(tables.low, _mm256_and_si256(bytes, nibble));
  const __m256i high =
      _mm256_shuffle_epi8(tables.high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
  const __m256i both = _mm256_and_si256(low, high);
  const uint64_t width = 0xffffffffU;
  classes->alnum |= (~None(both, kAlnum) & width) << shift;
  classes->other |= (~None(both, static_cast<char>(~kAlnum)) & width) << shift;
  classes->backslash |= Is(bytes, '\\') << shift;
  classes->percent |= Is(bytes, '%') << shift;
  classes->dash |= Is(bytes, '-') << shift;
  if (_mm256_movemask_epi8(bytes) != 0) {
    classes->wide_first |= Is(bytes, '\xbc') << shift;
    classes->wide_second |= (Is(bytes, '\x9a') | Is(bytes, '\x9d')) << shift;
    classes->cp932_81 |= Is(bytes, '\x81') << shift;
    classes->cp932_c6 |= Is(bytes, '\xc6') << shift;
  }
  classes->dollar |= Is(bytes, '$') << shift;
}

CASEPACK_AVX2 inline ByteClasses Classify(const char* text, const Tables& tables) {
  ByteClasses classes;
  Classify32(text, 0, tables, &classes);
  Classify32(text + 32, 32, tables, &classes);
  return classes;
}

}  // namespace

CASEPACK_AVX2 void FindTriggersAvx2(const char* text, size_t size, const char* before,
                                    TriggerBlock* out) {
  const Tables tables = {Both(kByLow), Both(kByHigh)};
  std::array<char, 64> edge{};
  std::memcpy(edge.data() + 64 - kTriggerContext, before, kTriggerContext);
  TriggerMasks masks(Classify(edge.data(), tables));
  size_t i = 0;
  for (; i + 64 <= size; i += 64)
    out[i / 64] = masks.Next(Classify(text + i, tables));
  if (i == size) return;
  edge.fill('\0');
  std::memcpy(edge.data(), text + i, size - i);
  out[i / 64] = masks.Next(Classify(edge.data(), tables));
}

}  // namespace casepack::redaction
#endif
