#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <array>
#include <cstring>

#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"

#define CASEPACK_AVX2 __attribute__((target("avx2,bmi,bmi2")))

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

// The same for what stands in names and around them.
enum : char {
  kBlanks = 1,     // blank " '
  kBackslash = 2,  // backslash ]
  kGrave = 4,      // `
  kTab = 8,
  kDashes = 16,  // % - .
  kBelow = 32,   // _ [
  kLoud = 64,    // ; ESC
  kSlash = static_cast<char>(128),
};
constexpr char kAround = kBlanks | kBackslash | kGrave | kTab;
constexpr char kJoint = kDashes | kBelow | kLoud;

// clang-format off
constexpr std::array<char, 16> kNameByLow = {
    /* 0 */ kBlanks | kGrave, 0, kBlanks, 0, 0, kDashes, 0, kBlanks,
    /* 8 */ 0, kTab, 0, kBelow | kLoud, kBackslash, kBackslash | kDashes, kDashes, kBelow | kSlash,
};
constexpr std::array<char, 16> kNameByHigh = {
    /* 0 */ kTab, kLoud, kBlanks | kDashes | kSlash, kLoud,
    /* 4 */ 0, kBackslash | kBelow, kGrave, 0,
    /* 8 */ 0, 0, 0, 0, 0, 0, 0, 0,
};
// clang-format on

struct Table {
  __m256i low;
  __m256i high;
};
struct Tables {
  Table triggers;
  Table names;
  std::array<Table, 3> stems;
};
// Of the 32 bytes before: which of them may be the first, the second byte of a stem.
struct StemsBefore {
  __m256i first;
  __m256i second;
};

template <typename Byte>
CASEPACK_AVX2 inline __m256i Both(const std::array<Byte, 16>& table) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

CASEPACK_AVX2 inline uint64_t Bits(__m256i mask) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(mask));
}

CASEPACK_AVX2 inline uint64_t Is(__m256i bytes, char c) {
  return Bits(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c)));
}

// The bytes of none of the classes `wanted`.
CASEPACK_AVX2 inline uint64_t None(__m256i classes, char wanted) {
  return Is(_mm256_and_si256(classes, _mm256_set1_epi8(wanted)), 0);
}

// The bytes of the one class whose bit is number `bit`.
template <int bit>
CASEPACK_AVX2 inline uint64_t One(__m256i classes) {
  return Bits(_mm256_slli_epi16(classes, 7 - bit));
}

CASEPACK_AVX2 inline __m256i LookUp(const Table& table, __m256i low, __m256i high) {
  return _mm256_and_si256(_mm256_shuffle_epi8(table.low, low),
                          _mm256_shuffle_epi8(table.high, high));
}

// `by` bytes earlier: what stands there of `now`, and of `before` at its end.
template <int by>
CASEPACK_AVX2 inline __m256i Back(__m256i before, __m256i now) {
  return _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 16 - by);
}

CASEPACK_AVX2 inline uint64_t NoStemEnds32(const Tables& tables, __m256i low, __m256i high,
                                           StemsBefore* before) {
  const __m256i first = LookUp(tables.stems[0], low, high);
  const __m256i second = LookUp(tables.stems[1], low, high);
  const __m256i ends = _mm256_and_si256(
      LookUp(tables.stems[2], low, high),
      _mm256_and_si256(Back<2>(before->first, first), Back<1>(before->second, second)));
  *before = {first, second};
  return Is(ends, 0);
}

CASEPACK_AVX2 inline void Classify32(const char* text, unsigned shift, const Tables& tables,
                                     StemsBefore* stems, ByteClasses* classes) {
  const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text));
  const __m256i nibble = _mm256_set1_epi8(0x0f);
  const __m256i low = _mm256_and_si256(bytes, nibble);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
  const __m256i triggers = LookUp(tables.triggers, low, high);
  const __m256i names = LookUp(tables.names, low, high);
  classes->alnum |= None(triggers, kAlnum) << shift;
  classes->other |= None(triggers, static_cast<char>(~kAlnum)) << shift;
  classes->newline |= One<7>(triggers) << shift;
  classes->digit |= One<0>(triggers) << shift;
  classes->around |= None(names, kAround) << shift;
  classes->joint |= None(names, kJoint) << shift;
  classes->loud |= One<6>(names) << shift;
  classes->slash |= One<7>(names) << shift;
  classes->stem |= NoStemEnds32(tables, low, high, stems) << shift;
  classes->colon |= Is(bytes, ':') << shift;
  classes->equals |= Is(bytes, '=') << shift;
  classes->backslash |= Is(bytes, '\\') << shift;
  classes->percent |= Is(bytes, '%') << shift;
  classes->dash |= Is(bytes, '-') << shift;
  classes->dollar |= Is(bytes, '$') << shift;
  if (_mm256_movemask_epi8(bytes) == 0) return;
  classes->high |= Bits(bytes) << shift;
  classes->wide_first |= Is(bytes, '\xbc') << shift;
  classes->wide_second |= (Is(bytes, '\x9a') | Is(bytes, '\x9d')) << shift;
  classes->cp932_81 |= Is(bytes, '\x81') << shift;
  classes->cp932_c6 |= Is(bytes, '\xc6') << shift;
}

CASEPACK_AVX2 inline ByteClasses Classify(const char* text, const Tables& tables,
                                          StemsBefore* stems) {
  ByteClasses classes;
  Classify32(text, 0, tables, stems, &classes);
  Classify32(text + 32, 32, tables, stems, &classes);
  for (uint64_t* none :
       {&classes.alnum, &classes.other, &classes.around, &classes.joint, &classes.stem})
    *none = ~*none;
  return classes;
}

template <typename Rows>
CASEPACK_AVX2 inline Table Load(const Rows& low, const Rows& high) {
  return {Both(low), Both(high)};
}

}  // namespace

CASEPACK_AVX2 void FindTriggersAvx2(const char* text, size_t size, const char* before,
                                    TriggerBlock* out) {
  const Tables tables = {
      Load(kByLow, kByHigh),
      Load(kNameByLow, kNameByHigh),
      {Load(kStemRows[0].low, kStemRows[0].high), Load(kStemRows[1].low, kStemRows[1].high),
       Load(kStemRows[2].low, kStemRows[2].high)}};
  StemsBefore stems = {_mm256_setzero_si256(), _mm256_setzero_si256()};
  std::array<char, 64> edge{};
  std::memcpy(edge.data() + 64 - kTriggerContext, before, kTriggerContext);
  TriggerMasks masks(Classify(edge.data(), tables, &stems));
  size_t i = 0;
  for (; i + 64 <= size; i += 64)
    out[i / 64] = masks.Next(Classify(text + i, tables, &stems));
  if (i == size) return;
  edge.fill('\0');
  std::memcpy(edge.data(), text + i, size - i);
  out[i / 64] = masks.Next(Classify(edge.data(), tables, &stems));
}

}  // namespace casepack::redaction
#endif
