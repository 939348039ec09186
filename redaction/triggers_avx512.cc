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
CASEPACK_AVX512_INLINE Masks Later(const Masks& now) {
  return {_mm512_maskz_alignr_epi64(0x7f, now.all, now.all, 1)};
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

// kStemBytes[row] of 40 to 7F, where the letters are. Other bytes are in no group but the one in
// which any byte may stand first.
constexpr size_t kLetters = 0x40;
using LetterTable = std::array<uint8_t, 64>;
constexpr LetterTable MakeStems(size_t row) {
  LetterTable stems{};
  for (size_t i = 0; i < stems.size(); ++i)
    stems[i] = kStemBytes[row][kLetters + i];
  return stems;
}
constexpr std::array<LetterTable, 3> kStemTables = {MakeStems(0), MakeStems(1), MakeStems(2)};
constexpr uint8_t kFirstOfAny = kStemBytes[0][0];
constexpr bool OthersAreAlike() {
  for (size_t c = 0; c < 256; ++c) {
    if ((kStemBytes[0][c] & kFirstOfAny) != kFirstOfAny) return false;
    if (c >= kLetters && c < 2 * kLetters) continue;
    if (kStemBytes[0][c] != kFirstOfAny || kStemBytes[1][c] != 0 || kStemBytes[2][c] != 0)
      return false;
  }
  return true;
}
static_assert(OthersAreAlike());

using Places = std::array<uint8_t, 64>;
template <typename Of>
constexpr Places MakePlaces(Of of) {
  Places places{};
  for (size_t i = 0; i < places.size(); ++i)
    places[i] = static_cast<uint8_t>(of(i));
  return places;
}
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
  __m512i stems[3];
};

CASEPACK_AVX512_INLINE __m512i Load(const void* bytes) { return _mm512_loadu_si512(bytes); }
CASEPACK_AVX512_INLINE Table Load(const HalfTable& table) {
  return {Load(table.data()), Load(table.data() + 64)};
}
CASEPACK_AVX512_INLINE __m512i LookUp(const Table& table, __m512i bytes, uint64_t wanted) {
  return _mm512_maskz_permutex2var_epi8(wanted, table.low, bytes, table.high);
}

CASEPACK_AVX512_INLINE __m512i LetterLookUp(__m512i table, __m512i bytes) {
  const __m512i twice = _mm512_add_epi8(bytes, bytes);  // its sign is the letters' bit
  const __mmask64 letters = _mm512_movepi8_mask(_mm512_andnot_si512(bytes, twice));
  return _mm512_maskz_permutexvar_epi8(letters, bytes, table);
}

// Where a block lies, and where what is one and two places before each of its bytes does.
struct BlockText {
  const char* now;
  const char* one_back;
  const char* two_back;
};
CASEPACK_AVX512_INLINE __mmask64 StemEndsOf(const Tables& tables, const BlockText& text,
                                            __m512i bytes) {
  const __m512i any = _mm512_set1_epi8(static_cast<char>(kFirstOfAny));
  const __m512i first = LetterLookUp(tables.stems[0], Load(text.two_back));
  const __m512i second = LetterLookUp(tables.stems[1], Load(text.one_back));
  const __m512i third = LetterLookUp(tables.stems[2], bytes);
  return _mm512_test_epi8_mask(_mm512_and_si512(_mm512_or_si512(first, any), second), third);
}

// From the classes of each byte to the bytes of each class: number i of the eight masks is of
// class i. GF2P8AFFINEQB makes rows of columns, the last one first, and turns them round.
CASEPACK_AVX512_INLINE __m512i MasksOf(__m512i kinds) {
  const __m512i turned = _mm512_gf2p8affine_epi64_epi8(Load(kUnits.data()), kinds, 0);
  const __m512i mirror = _mm512_set1_epi64(static_cast<int64_t>(0x8040201008040201U));
  const __m512i in_order = _mm512_gf2p8affine_epi64_epi8(turned, mirror, 0);
  return _mm512_permutexvar_epi8(Load(kTurned.data()), in_order);
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
CASEPACK_AVX512_INLINE void Look(const BlockText& text, const Tables& tables, size_t block,
                                 Eight* out) {
  const __m512i bytes = Load(text.now);
  const uint64_t high = _mm512_movepi8_mask(bytes);
  const __m512i second = LookUp(tables.second, bytes, ~high);
  const __mmask64 ends = StemEndsOf(tables, text, bytes);
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

// The first block's bytes may lie elsewhere than the two before it.
CASEPACK_AVX512_INLINE Classes Classify(const char* text, const BlockText& first,
                                        const Tables& tables) {
  Eight eight;
  Look(first, tables, 0, &eight);
  for (size_t block = 1; block < kAtOnce; ++block) {
    const char* const now = text + 64 * block;
    Look({now, now - 1, now - 2}, tables, block, &eight);
  }
  return ClassesOf(&eight);
}

// A block with the two bytes before it.
struct Joined {
  std::array<char, 2 + 64> bytes{};
  Joined(const char* before, const char* text, size_t size) {
    std::memcpy(bytes.data(), before, 2);
    std::memcpy(bytes.data() + 2, text, size < 64 ? size : 64);
  }
  [[nodiscard]] BlockText Text() const {
    return {bytes.data() + 2, bytes.data() + 1, bytes.data()};
  }
};

CASEPACK_AVX512_INLINE Classes ClassifyBefore(const char* before, const Tables& tables) {
  std::array<char, 2 + 64> last{};
  std::memcpy(last.data() + last.size() - kTriggerContext, before, kTriggerContext);
  Eight eight;
  for (size_t i = 0; i + 1 < kAtOnce; ++i)
    eight.first.rows[i] = eight.second.rows[i] = eight.high.rows[i] = _mm512_setzero_si512();
  Look({last.data() + 2, last.data() + 1, last.data()}, tables, kAtOnce - 1, &eight);
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
  const Tables tables = {
      Load(kFirst),
      Load(kSecond),
      Load(kHigh),
      {Load(kStemTables[0].data()), Load(kStemTables[1].data()), Load(kStemTables[2].data())}};
  TriggerMasks<Masks> masks(ClassifyBefore(before, tables));
  constexpr size_t kStep = 64 * kAtOnce;
  const auto before_it = [&](size_t at) {
    return at == 0 ? before + kTriggerContext - 2 : text + at - 2;
  };
  size_t i = 0;
  if (kStep <= size) {
    const Joined first(before_it(0), text, size);
    Store(masks.Next(Classify(text, first.Text(), tables)), 0, out);
    i = kStep;
  }
  for (; i + kStep <= size; i += kStep) {
    const BlockText first = {text + i, text + i - 1, text + i - 2};
    Store(masks.Next(Classify(text + i, first, tables)), i / 64, out);
  }
  if (i < size) {
    std::array<char, 2 + kStep> rest{};
    std::memcpy(rest.data(), before_it(i), 2);
    std::memcpy(rest.data() + 2, text + i, size - i);
    const BlockText first = {rest.data() + 2, rest.data() + 1, rest.data()};
    Store(masks.Next(Classify(rest.data() + 2, first, tables)), i / 64, out);
  }
  LoudenEdges(text, size, kAtOnce, out);
}

}  // namespace casepack::redaction
#endif
