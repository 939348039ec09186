#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <array>
#include <cstring>

#include "redaction/japanese.h"
#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"

#define CASEPACK_AVX2 __attribute__((target("avx2,bmi,bmi2")))
#define CASEPACK_AVX2_INLINE CASEPACK_AVX2 __attribute__((always_inline)) inline

namespace casepack::redaction {
namespace {

using Classes = ByteClasses<uint64_t>;

// A byte is in class c when bit c is set in the row of its low half and in that of its
// high half (the two-table lookup known from simdjson and Teddy).
enum : char {
  kDigits = 1,       // 3x: 0-9
  kLettersLow = 2,   // 4x, 6x: A-O, a-o
  kLettersHigh = 4,  // 5x, 7x: P-Z, p-z
  kThree = 8,        // : = >
  kTwo = 16,         // % &
  kAt = 32,          // @
  kEscape = 64,      // ESC
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
    /* B */ kLettersLow | kEscape,
    /* C */ kLettersLow,
    /* D */ kLettersLow | kThree,
    /* E */ kLettersLow | kThree,
    /* F */ kLettersLow,
};
constexpr std::array<char, 16> kByHigh = {
    /* 0 */ kNewline, kEscape, kTwo, kDigits | kThree,
    /* 4 */ kLettersLow | kAt, kLettersHigh, kLettersLow, kLettersHigh,
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

// kJapaneseTails: a bit for each high half, the only one of its row.
constexpr auto MakeTailRows() {
  std::array<std::array<char, 16>, 2> rows{};
  for (const char c : kJapaneseTails) {
    const auto byte = static_cast<unsigned char>(c);
    const auto bit = static_cast<char>(1U << (byte >> 4 & 7U));
    rows[0][byte & 15U] = static_cast<char>(rows[0][byte & 15U] | bit);
    rows[1][byte >> 4] = bit;
  }
  return rows;
}
constexpr auto kTailRows = MakeTailRows();

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
CASEPACK_AVX2_INLINE __m256i Both(const std::array<Byte, 16>& table) {
  return _mm256_broadcastsi128_si256(
      _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

template <typename Rows>
CASEPACK_AVX2_INLINE Table Load(const Rows& low, const Rows& high) {
  return {Both(low), Both(high)};
}

// 64 bytes of text, or what became of each of them.
struct Wide {
  __m256i low;
  __m256i high;
};

CASEPACK_AVX2_INLINE uint64_t Bits(const Wide& mask) {
  const auto low = static_cast<uint32_t>(_mm256_movemask_epi8(mask.low));
  const auto high = static_cast<uint32_t>(_mm256_movemask_epi8(mask.high));
  return uint64_t{high} << 32 | low;
}

CASEPACK_AVX2_INLINE Wide And(const Wide& a, const Wide& b) {
  return {_mm256_and_si256(a.low, b.low), _mm256_and_si256(a.high, b.high)};
}
CASEPACK_AVX2_INLINE Wide Or(const Wide& a, const Wide& b) {
  return {_mm256_or_si256(a.low, b.low), _mm256_or_si256(a.high, b.high)};
}
CASEPACK_AVX2_INLINE Wide Same(const Wide& bytes, char c) {
  const __m256i all = _mm256_set1_epi8(c);
  return {_mm256_cmpeq_epi8(bytes.low, all), _mm256_cmpeq_epi8(bytes.high, all)};
}
CASEPACK_AVX2_INLINE uint64_t Is(const Wide& bytes, char c) { return Bits(Same(bytes, c)); }

// The bytes of one of the classes `wanted`.
CASEPACK_AVX2_INLINE uint64_t Any(const Wide& classes, char wanted) {
  const __m256i bits = _mm256_set1_epi8(wanted);
  return ~Is(And(classes, {bits, bits}), 0);
}

// The bytes of the one class whose bit is number `bit`.
template <int bit>
CASEPACK_AVX2_INLINE uint64_t One(const Wide& classes) {
  return Bits({_mm256_slli_epi16(classes.low, 7 - bit), _mm256_slli_epi16(classes.high, 7 - bit)});
}

// By the two halves of each byte.
CASEPACK_AVX2_INLINE Wide LookUp(const Table& table, const Wide& low, const Wide& high) {
  return And(
      {_mm256_shuffle_epi8(table.low, low.low), _mm256_shuffle_epi8(table.low, low.high)},
      {_mm256_shuffle_epi8(table.high, high.low), _mm256_shuffle_epi8(table.high, high.high)});
}

// `by` bytes earlier: what stands there of `now`, and of `before` at its end.
template <int by>
CASEPACK_AVX2_INLINE __m256i Back(__m256i before, __m256i now) {
  return _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 16 - by);
}
template <int by>
CASEPACK_AVX2_INLINE Wide Back(__m256i before, const Wide& now) {
  return {Back<by>(before, now.low), Back<by>(now.low, now.high)};
}

CASEPACK_AVX2_INLINE uint64_t StemEnds64(const Tables& tables, const Wide& low, const Wide& high,
                                         StemsBefore* before) {
  const Wide first = LookUp(tables.stems[0], low, high);
  const Wide second = LookUp(tables.stems[1], low, high);
  const Wide ends = And(LookUp(tables.stems[2], low, high),
                        And(Back<2>(before->first, first), Back<1>(before->second, second)));
  *before = {first.high, second.high};
  return ~Is(ends, 0);
}

// Most blocks have none of these.
CASEPACK_AVX2_INLINE void ClassifyRare(const Wide& bytes, const Wide& low, const Wide& high,
                                       Classes* classes) {
  const Wide backslash = Same(bytes, '\\');
  const Wide percent = Same(bytes, '%');
  const Wide dollar = Same(bytes, '$');
  const Wide any = Or(Or(backslash, percent), Or(dollar, bytes));
  if (_mm256_movemask_epi8(_mm256_or_si256(any.low, any.high)) == 0) return;
  classes->backslash = Bits(backslash);
  classes->percent = Bits(percent);
  classes->dollar = Bits(dollar);
  if (Bits(bytes) == 0) return;
  classes->wide_first = Is(bytes, '\xbc');
  classes->wide_second = Is(bytes, '\x9a') | Is(bytes, '\x9d');
  classes->cp932_81 = Is(bytes, '\x81');
  classes->cp932_c6 = Is(bytes, '\xc6');
  classes->tail = ~Is(LookUp(Load(kTailRows[0], kTailRows[1]), low, high), 0);
}

CASEPACK_AVX2_INLINE Classes Classify(const char* text, const Tables& tables, StemsBefore* stems) {
  const auto* at = reinterpret_cast<const __m256i*>(text);
  const Wide bytes = {_mm256_loadu_si256(at), _mm256_loadu_si256(at + 1)};
  const __m256i nibble = _mm256_set1_epi8(0x0f);
  const Wide low = And(bytes, {nibble, nibble});
  const Wide high =
      And({_mm256_srli_epi16(bytes.low, 4), _mm256_srli_epi16(bytes.high, 4)}, {nibble, nibble});
  const Wide triggers = LookUp(tables.triggers, low, high);
  const Wide names = LookUp(tables.names, low, high);
  Classes classes;
  ClassifyRare(bytes, low, high, &classes);
  classes.alnum = Any(triggers, kAlnum);
  classes.other = Any(triggers, static_cast<char>(~kAlnum));
  classes.newline = One<7>(triggers);
  classes.digit = One<0>(triggers);
  classes.around = Any(names, kAround);
  classes.joint = Any(names, kJoint);
  classes.loud = One<6>(names);
  classes.slash = One<7>(names);
  classes.stem = StemEnds64(tables, low, high, stems);
  classes.colon = Is(bytes, ':');
  classes.equals = Is(bytes, '=');
  classes.dash = Is(bytes, '-');
  return classes;
}

}  // namespace

CASEPACK_AVX2 void FindTriggersAvx2(const char* text, size_t size, const char* before,
                                    TriggerBlocks* out) {
  const Tables tables = {
      Load(kByLow, kByHigh),
      Load(kNameByLow, kNameByHigh),
      {Load(kStemRows[0].low, kStemRows[0].high), Load(kStemRows[1].low, kStemRows[1].high),
       Load(kStemRows[2].low, kStemRows[2].high)}};
  StemsBefore stems = {_mm256_setzero_si256(), _mm256_setzero_si256()};
  std::array<char, 64> edge{};
  std::memcpy(edge.data() + 64 - kTriggerContext, before, kTriggerContext);
  TriggerMasks<uint64_t> masks(Classify(edge.data(), tables, &stems));
  size_t i = 0;
  for (; i + 64 <= size; i += 64)
    Store(masks.Next(Classify(text + i, tables, &stems)), i / 64, out);
  if (i < size) {
    edge.fill('\0');
    std::memcpy(edge.data(), text + i, size - i);
    Store(masks.Next(Classify(edge.data(), tables, &stems)), i / 64, out);
  }
  LoudenEdges(text, size, 1, out);
}

}  // namespace casepack::redaction
#endif
