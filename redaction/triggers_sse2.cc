#if defined(__x86_64__) || defined(_M_X64)
#include <emmintrin.h>

#include <array>
#include <cstring>

#include "redaction/japanese.h"
#include "redaction/trigger_masks.h"
#include "redaction/triggers.h"

namespace casepack::redaction {
namespace {

using Classes = ByteClasses<uint64_t>;

// Bytes in [low, high], as signed bytes: 0x80 and above are in no range of ours.
__m128i InRange(__m128i bytes, char low, char high) {
  return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(low - 1))),
                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(high + 1))));
}

__m128i Is(__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); }

uint64_t Bits(__m128i mask) { return static_cast<uint32_t>(_mm_movemask_epi8(mask)); }

void Classify16(const char* text, unsigned shift, Classes* classes) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const __m128i letters = InRange(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z');
  const __m128i percent = Is(bytes, '%');
  __m128i other = _mm_or_si128(percent, Is(bytes, ':'));
  for (const char c : {'=', '>', '&', '@', '\n', '\x1b'})
    other = _mm_or_si128(other, Is(bytes, c));
  const __m128i digits = InRange(bytes, '0', '9');
  classes->alnum |= Bits(_mm_or_si128(letters, digits)) << shift;
  classes->digit |= Bits(digits) << shift;
  classes->backslash |= Bits(Is(bytes, '\\')) << shift;
  classes->percent |= Bits(percent) << shift;
  classes->dash |= Bits(Is(bytes, '-')) << shift;
  if (_mm_movemask_epi8(bytes) != 0) {
    classes->wide_first |= Bits(Is(bytes, '\xbc')) << shift;
    classes->wide_second |= Bits(_mm_or_si128(Is(bytes, '\x9a'), Is(bytes, '\x9d'))) << shift;
    classes->cp932_81 |= Bits(Is(bytes, '\x81')) << shift;
    classes->cp932_c6 |= Bits(Is(bytes, '\xc6')) << shift;
    for (const char c : kJapaneseTails)
      classes->tail |= Bits(Is(bytes, c)) << shift;
  }
  const __m128i loud = _mm_or_si128(Is(bytes, ';'), Is(bytes, '\x1b'));
  __m128i joint = _mm_or_si128(loud, percent);
  for (const char c : {'_', '-', '.', '['})
    joint = _mm_or_si128(joint, Is(bytes, c));
  __m128i around = Is(bytes, ' ');
  for (const char c : {'\t', '"', '\'', '`', '\\', ']'})
    around = _mm_or_si128(around, Is(bytes, c));
  classes->loud |= Bits(loud) << shift;
  classes->joint |= Bits(joint) << shift;
  classes->around |= Bits(around) << shift;
  classes->colon |= Bits(Is(bytes, ':')) << shift;
  classes->equals |= Bits(Is(bytes, '=')) << shift;
  classes->newline |= Bits(Is(bytes, '\n')) << shift;
  classes->slash |= Bits(Is(bytes, '/')) << shift;
  classes->dollar |= Bits(Is(bytes, '$')) << shift;
  classes->other |= Bits(other) << shift;
}

Classes Classify(const char* text) {
  Classes classes;
  for (unsigned i = 0; i < 64; i += 16)
    Classify16(text + i, i, &classes);
  return classes;
}

}  // namespace

void FindTriggersSse2(const char* text, size_t size, const char* before, TriggerBlocks* out) {
  std::array<char, 64> edge{};
  std::memcpy(edge.data() + 64 - kTriggerContext, before, kTriggerContext);
  TriggerMasks<uint64_t> masks(Classify(edge.data()));
  StemEnds stems(before);
  const auto next = [&](const char* block) {
    Classes classes = Classify(block);
    classes.stem = stems.Next(block, 64);
    return masks.Next(classes);
  };
  size_t i = 0;
  for (; i + 64 <= size; i += 64)
    Store(next(text + i), i / 64, out);
  if (i < size) {
    edge.fill('\0');
    std::memcpy(edge.data(), text + i, size - i);
    Store(next(edge.data()), i / 64, out);
  }
  LoudenEdges(text, size, 1, out);
}

}  // namespace casepack::redaction
#endif
