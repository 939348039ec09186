#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <array>

#include "redaction/avx512.h"
#include "redaction/word_filter.h"

namespace casepack::redaction {
namespace {

constexpr size_t kLanes = 8;  // words at a time, eight bytes each

template <typename Of>
constexpr auto MakeBytes(Of of) {
  std::array<uint8_t, 64> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<uint8_t>(of(i));
  return bytes;
}
constexpr auto kPlaces = MakeBytes([](size_t i) { return i; });
constexpr auto kLane = MakeBytes([](size_t i) { return i / 8; });
constexpr auto kPlaceInLane = MakeBytes([](size_t i) { return i % 8; });
constexpr auto kClassBit = MakeBytes([](size_t i) { return 1U << (i % 8); });

CASEPACK_AVX512_INLINE __m512i Load(const void* bytes) { return _mm512_loadu_si512(bytes); }

// Row numbers of eight keys.
CASEPACK_AVX512_INLINE __m512i RowsOf(__m512i keys) {
  const __m512i product = _mm512_mul_epu32(keys, _mm512_set1_epi64(WordRows::kMultiplier));
  return _mm512_and_si512(_mm512_srli_epi64(product, WordRows::kShift),
                          _mm512_set1_epi64((1 << WordRows::kRowBits) - 1));
}

// Eight rows by their numbers. Where a processor gathers well, nothing is faster; elsewhere
// sixteen loads are.
struct ByGather {
  CASEPACK_AVX512_INLINE static __m512i Of(const WordRows::Rows& rows, __m512i numbers) {
    return _mm512_i64gather_epi64(numbers, rows.data(), sizeof(uint64_t));
  }
};
struct ByLoads {
  CASEPACK_AVX512_INLINE static __m128i Two(const WordRows::Rows& rows, uint64_t first,
                                            uint64_t second) {
    const __m128i low = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(&rows[first]));
    return _mm_castpd_si128(
        _mm_loadh_pd(_mm_castsi128_pd(low), reinterpret_cast<const double*>(&rows[second])));
  }
  CASEPACK_AVX512_INLINE static __m512i Of(const WordRows::Rows& rows, __m512i numbers) {
    alignas(64) std::array<uint64_t, kLanes> n;
    _mm512_store_si512(n.data(), numbers);
    asm volatile("" : "+m"(n));  // through memory, or they leave the register one by one
    const __m256i low = _mm256_setr_m128i(Two(rows, n[0], n[1]), Two(rows, n[2], n[3]));
    const __m256i high = _mm256_setr_m128i(Two(rows, n[4], n[5]), Two(rows, n[6], n[7]));
    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
  }
};

// WordRows::MayBegin of eight words.
template <typename Rows>
CASEPACK_AVX512_INLINE __mmask8 MayBegin(const WordRows& rows, __m512i words) {
  const __m512i bits =
      _mm512_shuffle_epi8(Load(kClassBit.data()), _mm512_and_si512(words, _mm512_set1_epi8(7)));
  const __m512i short_key = _mm512_and_si512(words, _mm512_set1_epi64(WordRows::kShortKey));
  const __m512i long_key = _mm512_and_si512(words, _mm512_set1_epi64(WordRows::kLongKey));
  const __m512i folded = _mm512_xor_si512(long_key, _mm512_srli_epi64(long_key, WordRows::kFold));
  const __m512i zero = _mm512_setzero_si512();
  const __m512i shorts = Rows::Of(rows.shorts, RowsOf(short_key));
  const __m512i longs = Rows::Of(rows.longs, RowsOf(folded));
  return _mm512_cmpeq_epi64_mask(_mm512_andnot_si512(shorts, bits), zero) |
         _mm512_cmpeq_epi64_mask(_mm512_andnot_si512(longs, bits), zero);
}

template <typename Rows>
CASEPACK_AVX512_INLINE void FilterBy(const WordRows& rows, const char* text,
                                     std::span<const uint64_t> words, uint64_t* may) {
  const __m512i lane = Load(kLane.data());
  const __m512i place_in_lane = Load(kPlaceInLane.data());
  for (size_t b = 0; b < words.size(); ++b) {
    const __m512i now = Load(text + 64 * b);
    const __m512i next = Load(text + 64 * (b + 1));
    const auto count = static_cast<size_t>(_mm_popcnt_u64(words[b]));
    __m512i places = _mm512_maskz_compress_epi8(words[b], Load(kPlaces.data()));
    uint64_t found = 0;  // bit i is the block's word number i; behind the last one any may be
    for (size_t done = 0; done < count; done += kLanes) {
      const __m512i bytes = _mm512_add_epi8(_mm512_permutexvar_epi8(lane, places), place_in_lane);
      const __m512i eights = _mm512_permutex2var_epi8(now, bytes, next);
      found |= uint64_t{MayBegin<Rows>(rows, eights)} << done;
      places = _mm512_alignr_epi64(places, places, 1);
    }
    may[b] = _pdep_u64(found, words[b]);
  }
}

}  // namespace

CASEPACK_AVX512 void FilterWordsAvx512(const WordRows& rows, const char* text,
                                       std::span<const uint64_t> words, uint64_t* may) {
  FilterBy<ByLoads>(rows, text, words, may);
}

CASEPACK_AVX512 void FilterWordsGathered(const WordRows& rows, const char* text,
                                         std::span<const uint64_t> words, uint64_t* may) {
  FilterBy<ByGather>(rows, text, words, may);
}

}  // namespace casepack::redaction
#endif
