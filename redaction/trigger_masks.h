// What the three implementations of triggers.h share: from the classes of 64 bytes to the
// triggers among them, by bit arithmetic. Bit i is byte i.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "redaction/stems.h"
#include "redaction/triggers.h"

namespace casepack::redaction {

struct ByteClasses {
  uint64_t alnum = 0;
  uint64_t backslash = 0;
  uint64_t percent = 0;
  uint64_t dash = 0;
  uint64_t dollar = 0;
  uint64_t wide_first = 0;   // BC
  uint64_t wide_second = 0;  // 9A, 9D
  uint64_t cp932_81 = 0;
  uint64_t cp932_c6 = 0;
  uint64_t other = 0;  // each of these is a trigger by itself, `%` among them
  uint64_t colon = 0;
  uint64_t equals = 0;
  uint64_t slash = 0;
  uint64_t newline = 0;
  uint64_t digit = 0;
  uint64_t high = 0;
  uint64_t tail = 0;    // kJapaneseTails
  uint64_t stem = 0;    // the last byte of one
  uint64_t loud = 0;    // ; ESC
  uint64_t joint = 0;   // _ - . [ % ; ESC: in a name or beside it, like letters and digits
  uint64_t around = 0;  // blanks, quotes, backslash, ]: between a name and its separator
};

// kStemRows with both halves put together, for a look at one byte at a time.
constexpr auto MakeStemBytes() {
  std::array<std::array<uint8_t, 256>, 3> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (size_t c = 0; c < 256; ++c)
      bytes[i][c] = kStemRows[i].low[c & 15U] & kStemRows[i].high[c >> 4];
  }
  return bytes;
}
inline constexpr auto kStemBytes = MakeStemBytes();

// Where stems end, byte by byte.
class StemEnds {
 public:
  // `before`: the kTriggerContext bytes ahead of the first block.
  explicit StemEnds(const char* before) { Next(before, kTriggerContext); }

  uint64_t Next(const char* text, size_t size) {
    uint64_t ends = 0;
    for (size_t i = 0; i < size; ++i) {
      const auto c = static_cast<unsigned char>(text[i]);
      const unsigned end = second_ & kStemBytes[2][c];
      second_ = first_ & kStemBytes[1][c];
      first_ = kStemBytes[0][c];
      ends |= uint64_t{end != 0} << i;
    }
    return ends;
  }

 private:
  unsigned first_ = 0;   // groups whose first byte was the last one
  unsigned second_ = 0;  // whose first two were the last two
};

class TriggerMasks {
 public:
  // `before`: of the 64 bytes (as many of them as there are) ahead of the first block.
  explicit TriggerMasks(const ByteClasses& before) : before_(EndOf(before)) {}

  [[gnu::always_inline]] TriggerBlock Next(const ByteClasses& now) {
    const uint64_t after_word = Shifted(before_.alnum, now.alnum, 1);
    const uint64_t begins = now.alnum & ~after_word;
    const uint64_t words = begins | now.dollar | AfterEscape(now);
    const uint64_t behind = (now.alnum | now.joint) >> 1 | kLast;
    const uint64_t options = now.dash & behind & ~after_word & ~Shifted(before_.dash, now.dash, 1);
    const uint64_t codes =
        now.dash & Shifted(before_.dash, now.dash, 6) & Shifted(before_.dash, now.dash, 11);
    const uint64_t wide = now.high == 0 ? 0 : WideSeparators(now);
    const uint64_t quiet = Quiet(now);
    before_ = EndOf(now);
    return {words, Numbers(now, words), options | codes | wide | now.other, quiet, now.newline};
  }

 private:
  static constexpr uint64_t kLast = uint64_t{1} << 63;

  static uint64_t Shifted(uint64_t previous, uint64_t current, unsigned by) {
    return current << by | previous >> (64 - by);
  }

  // Most blocks have no escape, and no full-width separator.
  uint64_t AfterEscape(const ByteClasses& now) const {
    if ((before_.backslash | now.backslash | before_.percent | now.percent) == 0) return 0;
    return now.alnum & (Shifted(before_.backslash, now.backslash, 2) |
                        Shifted(before_.backslash, now.backslash, 6) |
                        Shifted(before_.percent, now.percent, 3));
  }
  uint64_t WideSeparators(const ByteClasses& now) const {
    return (now.wide_second & Shifted(before_.wide_first, now.wide_first, 1)) |
           ((now.cp932_81 | now.cp932_c6) & Shifted(before_.cp932_81, now.cp932_81, 1));
  }

  // What is shifted in at the end of the block ends nothing.
  static uint64_t Numbers(const ByteClasses& now, uint64_t words) {
    const uint64_t ends = ~(now.alnum | now.slash | now.loud);
    const uint64_t long_ends = ends & ~now.colon;
    const uint64_t two = now.digit & now.digit >> 1;
    const uint64_t three = two & now.digit >> 2;
    const uint64_t four = three & now.digit >> 3;
    return words & ((now.digit & ends >> 1) | (two & ends >> 2) |
                    (three & (long_ends & ~now.dash) >> 3) | (four & long_ends >> 4));
  }

  // The first byte behind each run in which a bit of `in` stands. An addition does it: its
  // carry ripples to the end of the run, and on into the next block.
  static uint64_t Behind(uint64_t runs, uint64_t in, bool* carry) {
    unsigned long long sum = 0;
    const bool over = __builtin_uaddll_overflow(runs, in & runs, &sum);
    const bool over_again = __builtin_uaddll_overflow(sum, *carry ? 1 : 0, &sum);
    *carry = over || over_again;
    return sum & ~runs;
  }

  uint64_t Quiet(const ByteClasses& now) {
    const uint64_t after_name =
        Behind(now.alnum | now.joint, now.stem | now.percent | now.loud, &name_);
    const uint64_t after = after_name | Shifted(before_.tail, now.tail, 1);
    const uint64_t loud = after | Behind(now.around, after, &around_);
    const uint64_t url = now.slash >> 1 & now.slash >> 2;
    const uint64_t never = now.colon & (url | now.colon >> 1 | kLast | kLast >> 1);
    return (now.colon | now.equals) & ~(loud | never);
  }

  // What the next block wants to know of this one.
  struct Before {
    uint64_t alnum = 0;
    uint64_t backslash = 0;
    uint64_t percent = 0;
    uint64_t dash = 0;
    uint64_t wide_first = 0;
    uint64_t cp932_81 = 0;
    uint64_t tail = 0;
  };
  static Before EndOf(const ByteClasses& now) {
    return {now.alnum,      now.backslash, now.percent, now.dash,
            now.wide_first, now.cp932_81,  now.tail};
  }

  Before before_;
  // Is the end of a run with a stem in it still to come? At first nobody knows.
  bool name_ = true;
  bool around_ = true;
};

}  // namespace casepack::redaction
