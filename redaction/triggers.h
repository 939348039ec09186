// The mask scanner: at which bytes of a text may something begin that a rule knows?
//
// Four implementations with the same results; BestTriggers() takes the widest that this
// processor has. Pure functions, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace casepack::redaction {

// A byte is a word trigger when it is
//   - a letter or digit that no letter or digit stands before, or that may be the first
//     behind an escape (\n, %3D, \u003d), or
//   - `$`;
// and another trigger when it is
//   - `-`, when neither a letter, a digit nor another `-` stands before it, and a letter, a
//     digit or one of  _ - . [ % ; ESC  behind it (or it ends its block), or when two more
//     stand 6 and 11 bytes before it (an activation code), or
//   - one of  : = > & % @ newline ESC, or
//   - 9A or 9D behind BC, C6 or 81 behind 81: the end of a full-width colon or equals sign.
//
// A `:` or `=` is quiet when the name before it promises no secret. That is when neither a
// stem (stems.h, three bytes from kStemRows) nor one of  % ; ESC  is in the run of letters,
// digits and  _ - . [ % ; ESC  right before it, or before the blanks, quotes, backslashes
// and `]` in between, and when no byte that may end a name in Japanese (kJapaneseTails) stands
// where that run would end. Of a run that reaches the beginning of the text nothing is known;
// `://` and `::` are never quiet, and what may be one at the end of the last block neither.
//
// A word is a number when it is one to four digits, behind which neither a letter, a digit
// nor one of  / ; ESC  stands, nor a `:` behind three or four, nor a `-` behind three; at
// the end of a block none is.
inline constexpr size_t kMostBlocks = 64;
struct TriggerBlocks {  // bit i of a block's mask is its byte i
  using Masks = std::array<uint64_t, kMostBlocks>;
  Masks words;
  Masks numbers;  // of the words
  Masks others;
  Masks quiet;  // of the others
  Masks lines;  // of the others: newlines
};
inline constexpr size_t kTriggerContext = 16;  // bytes before that decide about a byte

// Fills the masks of the blocks 0 to (size - 1) / 64; the rest of the last one is zero, and of
// those behind it nothing is said. No more than kMostBlocks. `before` are the kTriggerContext
// bytes ahead of text[0], zeros where there are none. A text that goes on behind `size` is
// given in whole blocks.
using FindTriggers = void (*)(const char* text, size_t size, const char* before,
                              TriggerBlocks* out);

FindTriggers BestTriggers();

void FindTriggersPortable(const char* text, size_t size, const char* before, TriggerBlocks* out);
#if defined(__x86_64__) || defined(_M_X64)
void FindTriggersSse2(const char* text, size_t size, const char* before, TriggerBlocks* out);
// Only where HasAvx2(), HasAvx512() (processor.h).
void FindTriggersAvx2(const char* text, size_t size, const char* before, TriggerBlocks* out);
void FindTriggersAvx512(const char* text, size_t size, const char* before, TriggerBlocks* out);
#endif

}  // namespace casepack::redaction
