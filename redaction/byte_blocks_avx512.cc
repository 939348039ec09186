#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "redaction/avx512.h"
#include "redaction/byte_blocks.h"

namespace casepack::redaction {
namespace {

constexpr size_t kBlock = 64;
constexpr size_t kSoon = 4096;
constexpr size_t kWords = 4;  // blocks in which hardly a word stands
constexpr std::string_view kBegin = "BEGIN";
constexpr std::string_view kPutty = "Private-Lines:";
constexpr size_t kReach = kPutty.size() - 1;  // bytes behind its first one

CASEPACK_AVX512_INLINE __m512i Load(const void* bytes) { return _mm512_loadu_si512(bytes); }
CASEPACK_AVX512_INLINE __m512i All(int byte) { return _mm512_set1_epi8(static_cast<char>(byte)); }

CASEPACK_AVX512_INLINE bool HasSign(__m512i bytes) { return _mm512_movepi8_mask(bytes) != 0; }

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
  return HasSign(odd);
}

// Of the bytes from C0 on, by their lowest six bits: those that begin nothing.
constexpr auto MakeNever() {
  std::array<uint8_t, 64> never{};
  for (size_t i = 0; i < never.size(); ++i)
    never[i] = i < 0x02 || i > 0x34 ? 0x80 : 0;
  return never;
}
constexpr auto kNever = MakeNever();

// Three bytes stand before the first one. What is told of a byte is in its sign bit.
CASEPACK_AVX512_INLINE __m512i BrokenAt(const char* text) {
  const __m512i bytes = Load(text);
  const __m512i twice = _mm512_add_epi8(bytes, bytes);
  // From C2, E0, F0 on: what is taken off leaves the sign.
  const __m512i one = _mm512_subs_epu8(Load(text - 1), All(0xc2 - 0x80));
  const __m512i two = _mm512_subs_epu8(Load(text - 2), All(0xe0 - 0x80));
  const __m512i three = _mm512_subs_epu8(Load(text - 3), All(0xf0 - 0x80));
  const __m512i promised = _mm512_or_si512(_mm512_or_si512(one, two), three);
  const __m512i continues = _mm512_andnot_si512(twice, bytes);
  const __m512i first = _mm512_and_si512(bytes, twice);
  const __m512i never = _mm512_and_si512(first, _mm512_permutexvar_epi8(bytes, Load(&kNever)));
  return _mm512_or_si512(_mm512_xor_si512(promised, continues), never);
}

// A block or less of the text, with ASCII where three bytes before it or the rest are none.
CASEPACK_AVX512_INLINE bool IsPartUtf8(std::string_view text, size_t from) {
  std::array<char, 3 + kBlock> part{};
  const size_t before = from < 3 ? from : 3;
  const size_t size = text.size() - from < kBlock ? text.size() - from : kBlock;
  std::memcpy(part.data() + 3 - before, text.data() + from - before, before + size);
  return !HasSign(BrokenAt(part.data() + 3));
}

CASEPACK_AVX512_INLINE uint64_t Zeros(__m512i bytes) {
  return _mm512_testn_epi8_mask(bytes, bytes);
}
// A zero byte where two bytes of a word stand as far apart as they do in it.
CASEPACK_AVX512_INLINE __m512i Unlike(const char* text, char first, char later, size_t by) {
  return _mm512_or_si512(_mm512_xor_si512(Load(text), All(first)),
                         _mm512_xor_si512(Load(text + by), All(later)));
}
CASEPACK_AVX512_INLINE __m512i UnlikeBlockWord(const char* text) {
  return _mm512_min_epu8(Unlike(text, 'B', 'N', kBegin.size() - 1), Unlike(text, 'P', ':', kReach));
}
// Does one stand in the next kWords blocks?
CASEPACK_AVX512_INLINE bool MayHaveBlockWord(const char* text) {
  __m512i least = UnlikeBlockWord(text);
  for (size_t i = 1; i < kWords; ++i)
    least = _mm512_min_epu8(least, UnlikeBlockWord(text + kBlock * i));
  return Zeros(least) != 0;
}

// The first one that begins in the block; as much of the text as there is of it, and kReach
// bytes behind it.
CASEPACK_AVX512_INLINE size_t WordIn(std::string_view text, size_t block, uint64_t may) {
  for (; may != 0; may &= may - 1) {
    const size_t at = block + static_cast<size_t>(__builtin_ctzll(may));
    const std::string_view here = text.substr(at);
    if (here.starts_with(kBegin) || here.starts_with(kPutty)) return at;
  }
  return std::string_view::npos;
}

CASEPACK_AVX512 size_t FindWord(std::string_view text, size_t from) {
  constexpr size_t kStep = kWords * kBlock;
  size_t at = from;
  const auto look = [&](const char* block)
                        CASEPACK_AVX512 { return WordIn(text, at, Zeros(UnlikeBlockWord(block))); };
  while (at + kBlock + kReach <= text.size()) {
    if (at + kStep + kReach <= text.size() && !MayHaveBlockWord(text.data() + at)) {
      at += kStep;
      continue;
    }
    if (const size_t word = look(text.data() + at); word != std::string_view::npos) return word;
    at += kBlock;
  }
  for (; at < text.size(); at += kBlock) {
    std::array<char, kBlock + kReach> part{};
    text.copy(part.data(), part.size(), at);
    if (const size_t word = look(part.data()); word != std::string_view::npos) return word;
  }
  return std::string_view::npos;
}

// All questions at once: the text has to come from afar, and meanwhile there is time.
CASEPACK_AVX512 Survey SurveyText(std::string_view text) {
  if (!IsPartUtf8(text, 0)) return {};
  // Without a branch: whether a block is ASCII is hard to guess in Japanese.
  __m512i broken = _mm512_setzero_si512();
  __m512i odd = _mm512_setzero_si512();
  __m512i unlike = All(0xff);
  size_t at = kBlock;
  for (; at + kBlock + kReach <= text.size(); at += kBlock) {
    const char* const block = text.data() + at;
    // Nobody has read the text yet, and the processor's own guess ends at its page.
    const size_t soon = at + kSoon < text.size() ? at + kSoon : at;
    _mm_prefetch(text.data() + soon, _MM_HINT_T0);
    broken = _mm512_or_si512(broken, BrokenAt(block));
    odd = _mm512_or_si512(odd, OddAmong(Load(block)));
    unlike = _mm512_min_epu8(unlike, UnlikeBlockWord(block));
  }
  if (HasSign(broken)) return {};
  const size_t rest = at;
  for (; at < text.size(); at += kBlock) {
    if (!IsPartUtf8(text, at)) return {};
  }
  const std::string_view first = text.substr(0, kBlock);
  const std::string_view last = text.substr(std::min(rest, text.size()));
  const bool word = Zeros(unlike) != 0 || FindWord(text.substr(0, kBlock + kReach), 0) < kBlock ||
                    FindWord(last, 0) != std::string_view::npos;
  return {true, HasSign(odd) || HasOdd(first) || HasOdd(last), word};
}

}  // namespace

const ByteBlocks& ByteBlocksAvx512() {
  static constexpr ByteBlocks kAll = {HasOdd, SurveyText, FindWord};
  return kAll;
}

}  // namespace casepack::redaction
#endif
