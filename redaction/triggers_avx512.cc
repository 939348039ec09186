#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <array>
#include <cstring>
#include <string_view>

#include "redaction/avx512.h"
#include "redaction/japanese.h"
#include "redaction/triggers.h"
#define CASEPACK_TARGET CASEPACK_AVX512
#include "redaction/trigger_masks.h"

namespace casepack::redaction {
namespace {

constexpr size_t kAtOnce = 8;  // blocks

// The bits of eight blocks, one behind the other.
struct Masks {
  __m512i all;
};
CASEPACK_AVX512_INLINE Masks operator&(const Masks& a, const Masks& b) {
  return {_mm512_and_si512(a.all, b.all)};
}
CASEPACK_AVX512_INLINE Masks operator|(const Masks& a, const Masks& b) {
  return {_mm512_or_si512(a.all, b.all)};
}
CASEPACK_AVX512_INLINE Masks operator|(const Masks& a, uint64_t all) {
  return {_mm512_or_si512(a.all, _mm512_set1_epi64(static_cast<int64_t>(all)))};
}
CASEPACK_AVX512_INLINE Masks operator~(const Masks& a) {
  return {_mm512_xor_si512(a.all, _mm512_set1_epi64(-1))};
}
CASEPACK_AVX512_INLINE Masks operator<<(const Masks& a, unsigned by) {
  return {_mm512_slli_epi64(a.all, by)};
}
CASEPACK_AVX512_INLINE Masks operator>>(const Masks& a, unsigned by) {
  return {_mm512_srli_epi64(a.all, by)};
}
CASEPACK_AVX512_INLINE Masks Earlier(const Masks& before, const Masks& now) {
  return {_mm512_alignr_epi64(now.all, before.all, kAtOnce - 1)};
}
// A block hands a carry on when it overflows, or when it is full and one comes in: an addition
// of eight bits, one for each block, again lets them ripple.
CASEPACK_AVX512_INLINE Masks SumOf(const Masks& a, const Masks& b, bool* carry) {
  const __m512i sum = _mm512_add_epi64(a.all, b.all);
  const unsigned over = _mm512_cmplt_epu64_mask(sum, a.all);
  const unsigned full = _mm512_cmpeq_epi64_mask(sum, _mm512_set1_epi64(-1));
  const unsigned in = ((over << 1 | (*carry ? 1U : 0U)) + full) ^ full;
  *carry = (in >> kAtOnce & 1U) != 0;
  return {_mm512_mask_sub_epi64(sum, static_cast<__mmask8>(in), sum, _mm512_set1_epi64(-1))};
}

using Classes = ByteClasses<Masks>;

// A table of all bytes below 80, or of those above, is two registers, and is looked up for 64
// bytes at once. Each of its bits is a class.
using HalfTable = std::array<uint8_t, 128>;

struct ClassBits {
  uint8_t bit;
  std::string_view bytes;
};
template <size_t count>
constexpr HalfTable MakeTable(const std::array<ClassBits, count>& classes) {
  HalfTable table{};
  for (const ClassBits& one : classes) {
    for (const char c : one.bytes) {
      uint8_t& bits = table[static_cast<unsigned char>(c) & 0x7fU];
      bits = static_cast<uint8_t>(bits | 1U << one.bit);
    }
  }
  return table;
}

enum First : uint8_t { kAlnum, kDigit, kOther, kLoud, kJoint, kAround, kSlash, kColon };
constexpr HalfTable kFirst = MakeTable(std::to_array<ClassBits>({
    {kAlnum, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"},
    {kDigit, "0123456789"},
    {kOther, ":=>%&@\n\x1b"},
    {kLoud, ";\x1b"},
    {kJoint, "_-.[%;\x1b"},
    {kAround, " \t\"'`\\]"},
    {kSlash, "/"},
    {kColon, ":"},
}));
enum Second : uint8_t { kEquals, kDash, kNewline, kBackslash, kPercent, kDollar, kStem };
constexpr HalfTable kSecond = MakeTable(std::to_array<ClassBits>({
    {kEquals, "="},
    {kDash, "-"},
    {kNewline, "\n"},
    {kBackslash, "\\"},
    {kPercent, "%"},
    {kDollar, "$"},
}));
enum High : uint8_t { kWideFirst, kWideSecond, kCp932First, kCp932Second, kTail };
constexpr HalfTable kHigh = MakeTable(std::to_array<ClassBits>({
    {kWideFirst, "\xbc"},
    {kWideSecond, "\x9a\x9d"},
    {kCp932First, "\x81"},
    {kCp932Second, "\xc6"},
    {kTail, kJapaneseTails},
}));

// kStemBytes[row] of the bytes below 80; those above are in no group but the one in which any
// byte may stand first.
constexpr HalfTable MakeStems(size_t row) {
  HalfTable stems{};
  for (size_t c = 0; c < stems.size(); ++c)
    stems[c] = kStemBytes[row][c];
  return stems;
}
constexpr std::array<HalfTable, 3> kStemTables = {MakeStems(0), MakeStems(1), MakeStems(2)};
constexpr uint8_t kFirstOfAny = kStemBytes[0][0x80];
constexpr bool AboveAsciiIsAlike() {
  for (size_t c = 0x80; c < 256; ++c) {
    if (kStemBytes[0][c] != kFirstOfAny || kStemBytes[1][c] != 0 || kStemBytes[2][c] != 0)
      return false;
    if ((kStemBytes[0][c - 0x80] & kFirstOfAny) != kFirstOfAny) return false;
  }
  return true;
}
static_assert(AboveAsciiIsAlike());

// Inside of its eight each byte is held at the mirrored place: GF2P8AFFINEQB, which makes rows
// of columns, takes the last one first.
constexpr size_t Mirrored(size_t i) { return i ^ 7U; }
using Places = std::array<uint8_t, 64>;
template <typename Of>
constexpr Places MakePlaces(Of of) {
  Places places{};
  for (size_t i = 0; i < places.size(); ++i)
    places[i] = static_cast<uint8_t>(of(i));
  return places;
}
constexpr Places kMirrored = MakePlaces(Mirrored);
// Of two registers in a row: each byte `by` bytes earlier.
template <size_t by>
constexpr Places kBack = MakePlaces([](size_t i) { return Mirrored(Mirrored(i) + 64 - by); });
constexpr Places kUnits = MakePlaces([](size_t i) { return 1U << (i % 8); });
// Rows of eight become columns.
constexpr Places kTurned = MakePlaces([](size_t i) { return i % 8 * 8 + i / 8; });

struct Table {
  __m512i low;
  __m512i high;
};
struct Tables {
  Table first;
  Table second;
  Table high;
  std::array<Table, 3> stems;
};
// Of the 64 bytes before: which of them may be the first, the second byte of a stem.
struct StemsBefore {
  __m512i first;
  __m512i second;
};

CASEPACK_AVX512_INLINE __m512i Load(const void* bytes) { return _mm512_loadu_si512(bytes); }
CASEPACK_AVX512_INLINE Table Load(const HalfTable& table) {
  return {Load(table.data()), Load(table.data() + 64)};
}
CASEPACK_AVX512_INLINE __m512i LookUp(const Table& table, __m512i bytes, uint64_t wanted) {
  return _mm512_maskz_permutex2var_epi8(wanted, table.low, bytes, table.high);
}

CASEPACK_AVX512_INLINE uint64_t StemEndsOf(const Tables& tables, __m512i bytes, uint64_t ascii,
                                           StemsBefore* before) {
  const __m512i any = _mm512_set1_epi8(static_cast<char>(kFirstOfAny));
  const __m512i first = _mm512_or_si512(LookUp(tables.stems[0], bytes, ascii), any);
  const __m512i second = LookUp(tables.stems[1], bytes, ascii);
  const __m512i third = LookUp(tables.stems[2], bytes, ascii);
  const __m512i firsts = _mm512_permutex2var_epi8(before->first, Load(kBack<2>.data()), first);
  const __m512i seconds = _mm512_permutex2var_epi8(before->second, Load(kBack<1>.data()), second);
  *before = {first, second};
  return _mm512_test_epi8_mask(_mm512_and_si512(firsts, seconds), third);
}

// From the classes of each byte to the bytes of each class: number i of the eight masks is of
// class i.
CASEPACK_AVX512_INLINE __m512i MasksOf(__m512i kinds) {
  const __m512i turned = _mm512_gf2p8affine_epi64_epi8(Load(kUnits.data()), kinds, 0);
  return _mm512_permutexvar_epi8(Load(kTurned.data()), turned);
}

// The masks of eight blocks, each with those of all classes, become those of each class.
struct Rows {
  __m512i rows[kAtOnce];
  CASEPACK_AVX512_INLINE Masks Of(unsigned number) const { return {rows[number]}; }
};
template <int which>  // the even ones of a, then of b; or the odd ones
CASEPACK_AVX512_INLINE __m512i Pairs(__m512i a, __m512i b) {
  return _mm512_shuffle_i64x2(a, b, which == 0 ? 0x88 : 0xdd);
}
CASEPACK_AVX512_INLINE Rows Turned(const Rows& in) {
  Rows out;
  for (size_t odd = 0; odd < 2; ++odd) {
    __m512i two[4];  // two rows each
    for (size_t i = 0; i < 4; ++i) {
      const __m512i a = in.rows[2 * i];
      const __m512i b = in.rows[2 * i + 1];
      two[i] = odd == 0 ? _mm512_unpacklo_epi64(a, b) : _mm512_unpackhi_epi64(a, b);
    }
    const __m512i low_even = Pairs<0>(two[0], two[1]);
    const __m512i high_even = Pairs<0>(two[2], two[3]);
    const __m512i low_odd = Pairs<1>(two[0], two[1]);
    const __m512i high_odd = Pairs<1>(two[2], two[3]);
    out.rows[odd] = Pairs<0>(low_even, high_even);
    out.rows[odd + 2] = Pairs<0>(low_odd, high_odd);
    out.rows[odd + 4] = Pairs<1>(low_even, high_even);
    out.rows[odd + 6] = Pairs<1>(low_odd, high_odd);
  }
  return out;
}

struct Eight {
  Rows first;
  Rows second;
  Rows high;
  uint64_t any_high = 0;
};
CASEPACK_AVX512_INLINE void Look(const char* text, const Tables& tables, size_t block,
                                 StemsBefore* stems, Eight* out) {
  const __m512i bytes = _mm512_shuffle_epi8(Load(text), Load(kMirrored.data()));
  const uint64_t high = _mm512_movepi8_mask(bytes);
  const __m512i second = LookUp(tables.second, bytes, ~high);
  const uint64_t ends = StemEndsOf(tables, bytes, ~high, stems);
  const __m512i stem = _mm512_set1_epi8(1 << kStem);
  out->first.rows[block] = MasksOf(LookUp(tables.first, bytes, ~high));
  out->second.rows[block] = MasksOf(_mm512_mask_add_epi8(second, ends, second, stem));
  out->high.rows[block] = LookUp(tables.high, bytes, high);
  out->any_high |= high;
}

CASEPACK_AVX512_INLINE Classes ClassesOf(Eight* eight) {
  const Rows first = Turned(eight->first);
  const Rows second = Turned(eight->second);
  Classes classes;
  classes.alnum = first.Of(kAlnum);
  classes.digit = first.Of(kDigit);
  classes.other = first.Of(kOther);
  classes.loud = first.Of(kLoud);
  classes.joint = first.Of(kJoint);
  classes.around = first.Of(kAround);
  classes.slash = first.Of(kSlash);
  classes.colon = first.Of(kColon);
  classes.equals = second.Of(kEquals);
  classes.dash = second.Of(kDash);
  classes.newline = second.Of(kNewline);
  classes.backslash = second.Of(kBackslash);
  classes.percent = second.Of(kPercent);
  classes.dollar = second.Of(kDollar);
  classes.stem = second.Of(kStem);
  if (eight->any_high == 0) return classes;
  for (__m512i& row : eight->high.rows)
    row = MasksOf(row);
  const Rows high = Turned(eight->high);
  classes.wide_first = high.Of(kWideFirst);
  classes.wide_second = high.Of(kWideSecond);
  classes.cp932_81 = high.Of(kCp932First);
  classes.cp932_c6 = high.Of(kCp932Second);
  classes.tail = high.Of(kTail);
  return classes;
}

CASEPACK_AVX512_INLINE Classes Classify(const char* text, const Tables& tables,
                                        StemsBefore* stems) {
  Eight eight;
  for (size_t block = 0; block < kAtOnce; ++block)
    Look(text + 64 * block, tables, block, stems, &eight);
  return ClassesOf(&eight);
}

CASEPACK_AVX512_INLINE Classes ClassifyBefore(const char* before, const Tables& tables,
                                              StemsBefore* stems) {
  std::array<char, 64> last{};
  std::memcpy(last.data() + 64 - kTriggerContext, before, kTriggerContext);
  Eight eight;
  for (size_t i = 0; i + 1 < kAtOnce; ++i)
    eight.first.rows[i] = eight.second.rows[i] = eight.high.rows[i] = _mm512_setzero_si512();
  Look(last.data(), tables, kAtOnce - 1, stems, &eight);
  return ClassesOf(&eight);
}

CASEPACK_AVX512_INLINE void Store(const TriggerBits<Masks>& bits, size_t block,
                                  TriggerBlocks* out) {
  _mm512_storeu_si512(&out->words[block], bits.words.all);
  _mm512_storeu_si512(&out->numbers[block], bits.numbers.all);
  _mm512_storeu_si512(&out->others[block], bits.others.all);
  _mm512_storeu_si512(&out->quiet[block], bits.quiet.all);
  _mm512_storeu_si512(&out->lines[block], bits.lines.all);
}
static_assert(kMostBlocks % kAtOnce == 0);

}  // namespace

CASEPACK_AVX512 void FindTriggersAvx512(const char* text, size_t size, const char* before,
                                        TriggerBlocks* out) {
  const Tables tables = {Load(kFirst),
                         Load(kSecond),
                         Load(kHigh),
                         {Load(kStemTables[0]), Load(kStemTables[1]), Load(kStemTables[2])}};
  StemsBefore stems = {_mm512_setzero_si512(), _mm512_setzero_si512()};
  TriggerMasks<Masks> masks(ClassifyBefore(before, tables, &stems));
  constexpr size_t kStep = 64 * kAtOnce;
  size_t i = 0;
  for (; i + kStep <= size; i += kStep)
    Store(masks.Next(Classify(text + i, tables, &stems)), i / 64, out);
  if (i < size) {
    std::array<char, kStep> rest{};
    std::memcpy(rest.data(), text + i, size - i);
    Store(masks.Next(Classify(rest.data(), tables, &stems)), i / 64, out);
  }
  LoudenEdges(text, size, out);
}

}  // namespace casepack::redaction
#endif
