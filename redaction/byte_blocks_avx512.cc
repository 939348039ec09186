#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <array>
#include <cstring>

#include "redaction/avx512.h"
#include "redaction/byte_blocks.h"

namespace casepack::redaction {
namespace {

constexpr size_t kBlock = 64;
constexpr std::string_view kBegin = "BEGIN";
constexpr std::string_view kPutty = "Private-Lines:";

CASEPACK_AVX512_INLINE __m512i Load(const void* bytes) { return _mm512_loadu_si512(bytes); }
CASEPACK_AVX512_INLINE __m512i All(int byte) { return _mm512_set1_epi8(static_cast<char>(byte)); }

// The last bytes of a text, with what stands for none behind them.
struct Rest {
  std::array<char, kBlock> bytes{};
  Rest(std::string_view text, char none) {
    bytes.fill(none);
    if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
  }
};

// The sign bit of each odd byte below 80.
constexpr auto MakeOdd() {
  std::array<uint8_t, 128> odd{};
  for (size_t c = 0; c < odd.size(); ++c)
    odd[c] = (c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 127 ? 0x80 : 0;
  return odd;
}
constexpr auto kOdd = MakeOdd();

// Bytes above 7F have their sign bit set, and are looked up where another one stands.
CASEPACK_AVX512_INLINE __m512i OddAmong(__m512i bytes) {
  const __m512i looked =
      _mm512_permutex2var_epi8(Load(kOdd.data()), bytes, Load(kOdd.data() + kBlock));
  return _mm512_andnot_si512(bytes, looked);
}

CASEPACK_AVX512 bool HasOdd(std::string_view text) {
  __m512i odd = _mm512_setzero_si512();
  size_t at = 0;
  for (; at + kBlock <= text.size(); at += kBlock)
    odd = _mm512_or_si512(odd, OddAmong(Load(text.data() + at)));
  const Rest rest(text.substr(at), ' ');
  odd = _mm512_or_si512(odd, OddAmong(Load(rest.bytes.data())));
  return _mm512_movepi8_mask(odd) != 0;
}

// Three bytes stand before the first one.
CASEPACK_AVX512_INLINE uint64_t BrokenAt(const char* text) {
  const __m512i bytes = Load(text);
  const uint64_t promised = _mm512_cmpge_epu8_mask(Load(text - 1), All(0xc2)) |
                            _mm512_cmpge_epu8_mask(Load(text - 2), All(0xe0)) |
                            _mm512_cmpge_epu8_mask(Load(text - 3), All(0xf0));
  const uint64_t continues = _mm512_cmplt_epi8_mask(bytes, All(0xc0));
  const uint64_t never = _mm512_cmpeq_epi8_mask(_mm512_and_si512(bytes, All(0xfe)), All(0xc0)) |
                         _mm512_cmpgt_epu8_mask(bytes, All(0xf4));
  return (promised ^ continues) | never;
}

// A block or less of the text, with ASCII where three bytes before it or the rest are none.
CASEPACK_AVX512_INLINE bool IsPartUtf8(std::string_view text, size_t from) {
  std::array<char, 3 + kBlock> part{};
  const size_t before = from < 3 ? from : 3;
  const size_t size = text.size() - from < kBlock ? text.size() - from : kBlock;
  std::memcpy(part.data() + 3 - before, text.data() + from - before, before + size);
  return BrokenAt(part.data() + 3) == 0;
}

CASEPACK_AVX512 bool IsUtf8Text(std::string_view text) {
  if (!IsPartUtf8(text, 0)) return false;
  if (text.size() <= kBlock) return true;
  // Without a branch: whether a block is ASCII is hard to guess in Japanese.
  uint64_t broken = 0;
  size_t at = kBlock;
  for (; at + kBlock <= text.size(); at += kBlock)
    broken |= BrokenAt(text.data() + at);
  return broken == 0 && IsPartUtf8(text, at);
}

CASEPACK_AVX512_INLINE uint64_t Both(const char* text, char first, char later, size_t by) {
  const uint64_t firsts = _mm512_cmpeq_epi8_mask(Load(text), All(first));
  return _mm512_mask_cmpeq_epi8_mask(firsts, Load(text + by), All(later));
}
CASEPACK_AVX512_INLINE uint64_t MayBeBlockWord(const char* text) {
  return Both(text, 'B', 'N', 4) | Both(text, 'P', ':', 13);
}

CASEPACK_AVX512 size_t FindWord(std::string_view text, size_t from) {
  const auto is = [&](size_t at) {
    const std::string_view here = text.substr(at);
    return here.substr(0, kBegin.size()) == kBegin || here.substr(0, kPutty.size()) == kPutty;
  };
  size_t at = from;
  for (; at + kBlock + kPutty.size() <= text.size(); at += kBlock) {
    for (uint64_t may = MayBeBlockWord(text.data() + at); may != 0; may &= may - 1) {
      const size_t place = at + static_cast<size_t>(__builtin_ctzll(may));
      if (is(place)) return place;
    }
  }
  for (; at < text.size(); ++at) {
    if (is(at)) return at;
  }
  return std::string_view::npos;
}

}  // namespace

const ByteBlocks& ByteBlocksAvx512() {
  static constexpr ByteBlocks kAll = {HasOdd, IsUtf8Text, FindWord};
  return kAll;
}

}  // namespace casepack::redaction
#endif
