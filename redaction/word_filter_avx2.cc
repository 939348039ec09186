#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <array>

#include "redaction/word_filter.h"

#define CASEPACK_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define CASEPACK_AVX2_INLINE CASEPACK_AVX2 __attribute__((always_inline)) inline

namespace casepack::redaction {
namespace {

constexpr size_t kLanes = 4;  // words at a time, eight bytes each

using Four = std::array<uint64_t, kLanes>;

CASEPACK_AVX2_INLINE __m256i All(uint64_t bits) {
  return _mm256_set1_epi64x(static_cast<int64_t>(bits));
}

// Eight bytes from each of two places.
CASEPACK_AVX2_INLINE __m128i Two(const void* low, const void* high) {
  const __m128i first = _mm_loadl_epi64(static_cast<const __m128i*>(low));
  return _mm_castpd_si128(_mm_loadh_pd(_mm_castsi128_pd(first), static_cast<const double*>(high)));
}

// The rows of four keys: loads, because many processors gather slower than that.
CASEPACK_AVX2_INLINE __m256i RowsOf(const WordRows::Rows& rows, __m256i keys) {
  const __m256i product = _mm256_mul_epu32(keys, All(WordRows::kMultiplier));
  const __m256i numbers = _mm256_and_si256(_mm256_srli_epi64(product, WordRows::kShift),
                                           All((1U << WordRows::kRowBits) - 1));
  alignas(32) Four n;
  _mm256_store_si256(reinterpret_cast<__m256i*>(n.data()), numbers);
  asm volatile("" : "+m"(n));  // through memory, or they are taken out of the register one by one
  return _mm256_setr_m128i(Two(&rows[n[0]], &rows[n[1]]), Two(&rows[n[2]], &rows[n[3]]));
}

// WordRows::MayBegin of four words: bit i is word i.
CASEPACK_AVX2_INLINE unsigned MayBegin(const WordRows& rows, __m256i words) {
  const __m256i class_bits = All(0x8040201008040201U);
  const __m256i bits =
      _mm256_shuffle_epi8(class_bits, _mm256_and_si256(words, _mm256_set1_epi8(7)));
  const __m256i key = _mm256_and_si256(words, All(WordRows::kLongKey));
  const __m256i folded = _mm256_xor_si256(key, _mm256_srli_epi64(key, WordRows::kFold));
  const __m256i shorts = RowsOf(rows.shorts, _mm256_and_si256(words, All(WordRows::kShortKey)));
  const __m256i longs = RowsOf(rows.longs, folded);
  const __m256i zero = _mm256_setzero_si256();
  const __m256i is_short = _mm256_cmpeq_epi64(_mm256_andnot_si256(shorts, bits), zero);
  const __m256i is_long = _mm256_cmpeq_epi64(_mm256_andnot_si256(longs, bits), zero);
  return static_cast<unsigned>(
      _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_or_si256(is_short, is_long))));
}

}  // namespace

CASEPACK_AVX2 void FilterWordsAvx2(const WordRows& rows, const char* text,
                                   std::span<const uint64_t> words, uint64_t* may) {
  for (size_t b = 0; b < words.size(); ++b) {
    const char* const block = text + 64 * b;
    uint64_t found = 0;
    for (uint64_t left = words[b]; left != 0;) {
      Four at;  // 64 behind the last word
      for (uint64_t& place : at) {
        place = _tzcnt_u64(left);
        left = _blsr_u64(left);
      }
      const __m256i four =
          _mm256_setr_m128i(Two(block + at[0], block + at[1]), Two(block + at[2], block + at[3]));
      for (unsigned hits = MayBegin(rows, four); hits != 0; hits &= hits - 1) {
        const uint64_t place = at[static_cast<size_t>(__builtin_ctz(hits))];
        if (place < 64) found |= uint64_t{1} << place;
      }
    }
    may[b] = found;
  }
}

}  // namespace casepack::redaction
#endif
