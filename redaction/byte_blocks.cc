#include "redaction/byte_blocks.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "redaction/processor.h"

namespace casepack::redaction {
namespace {

constexpr size_t kBlock = 64;
constexpr size_t kWords = 256;  // blocks in which hardly a word stands
constexpr std::string_view kBegin = "BEGIN";
constexpr std::string_view kPutty = "Private-Lines:";

// Without branches over a block: the compiler makes vectors of it.
#define CASEPACK_EVERYWHERE inline __attribute__((always_inline))

CASEPACK_EVERYWHERE unsigned One(bool yes) { return yes ? 1 : 0; }

CASEPACK_EVERYWHERE uint8_t Odd(char c) {
  const auto u = static_cast<uint8_t>(c);
  const unsigned low = One(u < 32) & One(u != 9) & One(u != 10) & One(u != 13);
  return static_cast<uint8_t>(low | One(u == 127));
}

CASEPACK_EVERYWHERE bool HasOdd(const char* text, size_t size) {
  uint8_t odd = 0;
  for (size_t i = 0; i < size; ++i)
    odd = static_cast<uint8_t>(odd | Odd(text[i]));
  return odd != 0;
}

// Eight at a time: fewer steps are left to one answer.
CASEPACK_EVERYWHERE bool HasHigh(const char* text, size_t size) {
  uint64_t all = 0;
  for (size_t i = 0; i < size; i += 8) {
    uint64_t eight = 0;
    std::memcpy(&eight, text + i, sizeof eight);
    all |= eight;
  }
  return (all & 0x8080808080808080U) != 0;
}

// Three bytes stand before the first one.
CASEPACK_EVERYWHERE uint8_t Broken(const char* text, size_t size) {
  uint8_t broken = 0;
  for (size_t i = 0; i < size; ++i) {
    const auto byte = [&](size_t back) { return static_cast<uint8_t>(*(text + i - back)); };
    const uint8_t c = byte(0);
    const unsigned promised = One(byte(1) >= 0xc2) | One(byte(2) >= 0xe0) | One(byte(3) >= 0xf0);
    const unsigned continues = One((c & 0xc0U) == 0x80);
    const unsigned never = One(c == 0xc0) | One(c == 0xc1) | One(c > 0xf4);
    broken = static_cast<uint8_t>(broken | (promised ^ continues) | never);
  }
  return broken;
}

CASEPACK_EVERYWHERE bool IsUtf8Text(const char* text, size_t size) {
  // The first bytes with three before them, which are ASCII.
  std::array<char, 3 + kBlock> first{};
  const size_t head = size < kBlock ? size : kBlock;
  for (size_t i = 0; i < head; ++i)
    first[3 + i] = text[i];
  if (Broken(first.data() + 3, head) != 0) return false;
  size_t at = head;
  for (; at + kBlock <= size; at += kBlock) {
    const bool high = HasHigh(text + at - 8, kBlock + 8);
    if (high && Broken(text + at, kBlock) != 0) return false;
  }
  return Broken(text + at, size - at) == 0;
}

CASEPACK_EVERYWHERE uint8_t MayBeBlockWord(const char* text, size_t size) {
  uint8_t may = 0;
  for (size_t i = 0; i < size; ++i) {
    const unsigned begin = One(text[i] == 'B') & One(text[i + 4] == 'N');
    const unsigned putty = One(text[i] == 'P') & One(text[i + 13] == ':');
    may = static_cast<uint8_t>(may | begin | putty);
  }
  return may;
}

CASEPACK_EVERYWHERE size_t FindWord(std::string_view text, size_t from) {
  const auto is = [&](size_t at, std::string_view word) {
    return text[at] == word[0] && text.substr(at, word.size()) == word;
  };
  for (size_t at = from; at < text.size();) {
    const bool whole = at + kWords + kPutty.size() <= text.size();
    const size_t end = whole ? at + kWords : text.size();
    const bool may = !whole || MayBeBlockWord(text.data() + at, kWords) != 0;
    for (; may && at < end; ++at) {
      if (is(at, kBegin) || is(at, kPutty)) return at;
    }
    at = end;
  }
  return std::string_view::npos;
}

CASEPACK_EVERYWHERE Survey SurveyText(std::string_view text) {
  if (!IsUtf8Text(text.data(), text.size())) return {};
  return {true, HasOdd(text.data(), text.size()), FindWord(text, 0) != std::string_view::npos};
}

#undef CASEPACK_EVERYWHERE

bool HasOddAny(std::string_view text) { return HasOdd(text.data(), text.size()); }
Survey SurveyAny(std::string_view text) { return SurveyText(text); }
size_t FindWordAny(std::string_view text, size_t from) { return FindWord(text, from); }
constexpr ByteBlocks kAny = {HasOddAny, SurveyAny, FindWordAny};

#if defined(__x86_64__) || defined(_M_X64)
#define CASEPACK_AVX2 __attribute__((target("avx2,bmi,bmi2")))
CASEPACK_AVX2 bool HasOddAvx2(std::string_view text) { return HasOdd(text.data(), text.size()); }
CASEPACK_AVX2 Survey SurveyAvx2(std::string_view text) { return SurveyText(text); }
CASEPACK_AVX2 size_t FindWordAvx2(std::string_view text, size_t from) {
  return FindWord(text, from);
}
constexpr ByteBlocks kAvx2 = {HasOddAvx2, SurveyAvx2, FindWordAvx2};
const ByteBlocks& Best() {
  if (HasAvx512()) return ByteBlocksAvx512();
  return HasAvx2() ? kAvx2 : kAny;
}
#else
const ByteBlocks& Best() { return kAny; }
#endif

}  // namespace

const ByteBlocks& AnyByteBlocks() { return kAny; }
#if defined(__x86_64__) || defined(_M_X64)
const ByteBlocks& ByteBlocksAvx2() { return kAvx2; }
#endif
const ByteBlocks& BestByteBlocks() { return Best(); }

}  // namespace casepack::redaction
