// What the implementations of triggers.h share: from the classes of bytes to the triggers
// among them, by bit arithmetic. Bit i is byte i of a block of 64. `Bits` are those of one
// block (uint64_t), or of several at a time, one behind the other; then
//   Earlier(before, now)          are those of the block before each of `now`'s, the first
//                                 of which is the last of `before`,
//   Later(now)                    are those of the block behind each of them, none behind the
//                                 last, and
//   SumOf(a, b, carry)            adds each b to its a; a carry goes on into the next block.
// CASEPACK_TARGET is what whoever includes this is compiled for, beyond the baseline.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "redaction/stems.h"
#include "redaction/triggers.h"

#ifndef CASEPACK_TARGET
#define CASEPACK_TARGET
#endif
#define CASEPACK_MASKS CASEPACK_TARGET __attribute__((always_inline)) inline

namespace casepack::redaction {

template <typename Bits>
struct ByteClasses {
  Bits alnum{};
  Bits backslash{};
  Bits percent{};
  Bits dash{};
  Bits dollar{};
  Bits wide_first{};   // BC
  Bits wide_second{};  // 9A, 9D
  Bits cp932_81{};
  Bits cp932_c6{};
  Bits other{};  // each of these is a trigger by itself, `%` among them
  Bits colon{};
  Bits equals{};
  Bits slash{};
  Bits newline{};
  Bits digit{};
  Bits tail{};    // kJapaneseTails
  Bits stem{};    // the last byte of one
  Bits loud{};    // ; ESC
  Bits joint{};   // _ - . [ % ; ESC: in a name or beside it, like letters and digits
  Bits around{};  // blanks, quotes, backslash, ]: between a name and its separator
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

inline uint64_t Earlier(uint64_t before, uint64_t /*now*/) { return before; }
inline uint64_t Later(uint64_t /*now*/) { return 0; }
inline uint64_t SumOf(uint64_t a, uint64_t b, bool* carry) {
  unsigned long long sum = 0;
  const bool over = __builtin_uaddll_overflow(a, b, &sum);
  const bool over_again = __builtin_uaddll_overflow(sum, *carry ? 1 : 0, &sum);
  *carry = over || over_again;
  return sum;
}

template <typename Bits>
struct TriggerBits {
  Bits words;
  Bits numbers;
  Bits others;
  Bits quiet;
  Bits lines;
};

inline void Store(const TriggerBits<uint64_t>& bits, size_t block, TriggerBlocks* out) {
  out->words[block] = bits.words;
  out->numbers[block] = bits.numbers;
  out->others[block] = bits.others;
  out->quiet[block] = bits.quiet;
  out->lines[block] = bits.lines;
}

// The last of the blocks that are looked at at once does not know how its last two bytes go on,
// but the text does.
inline void LoudenEdges(const char* text, size_t size, size_t at_once, TriggerBlocks* out) {
  constexpr size_t kEdge = 62;
  const auto may_be = [&](size_t at, char c) { return at >= size || text[at] == c; };
  const size_t blocks = (size + 63) / 64;
  for (size_t end = at_once; end < blocks + at_once; end += at_once) {
    const size_t block = std::min(end, blocks) - 1;
    for (uint64_t left = out->quiet[block] >> kEdge; left != 0; left &= left - 1) {
      const auto bit = kEdge + static_cast<size_t>(__builtin_ctzll(left));
      const size_t at = 64 * block + bit;
      const bool pair = may_be(at + 1, ':') || (may_be(at + 1, '/') && may_be(at + 2, '/'));
      if (text[at] == ':' && pair) out->quiet[block] &= ~(uint64_t{1} << bit);
    }
  }
}

template <typename Bits>
class TriggerMasks {
 public:
  using Classes = ByteClasses<Bits>;

  // `before`: of the 64 bytes (as many of them as there are) ahead of the first block.
  CASEPACK_MASKS explicit TriggerMasks(const Classes& before) : before_(EndOf(before)) {}

  CASEPACK_MASKS TriggerBits<Bits> Next(const Classes& now) {
    const Bits after_word = Shifted(before_.alnum, now.alnum, 1);
    const Bits begins = now.alnum & ~after_word;
    const Bits words = begins | now.dollar | AfterEscape(now);
    const Bits behind = (now.alnum | now.joint) >> 1 | kLast;
    const Bits options = now.dash & behind & ~after_word & ~Shifted(before_.dash, now.dash, 1);
    const Bits codes =
        now.dash & Shifted(before_.dash, now.dash, 6) & Shifted(before_.dash, now.dash, 11);
    const Bits others = options | codes | WideSeparators(now) | now.other;
    const Bits quiet = Quiet(now);
    before_ = EndOf(now);
    return {words, Numbers(now, words), others, quiet, now.newline};
  }

 private:
  static constexpr uint64_t kLast = uint64_t{1} << 63;

  CASEPACK_MASKS static Bits Shifted(const Bits& previous, const Bits& current, unsigned by) {
    return current << by | Earlier(previous, current) >> (64 - by);
  }

  CASEPACK_MASKS Bits AfterEscape(const Classes& now) const {
    return now.alnum & (Shifted(before_.backslash, now.backslash, 2) |
                        Shifted(before_.backslash, now.backslash, 6) |
                        Shifted(before_.percent, now.percent, 3));
  }
  CASEPACK_MASKS Bits WideSeparators(const Classes& now) const {
    return (now.wide_second & Shifted(before_.wide_first, now.wide_first, 1)) |
           ((now.cp932_81 | now.cp932_c6) & Shifted(before_.cp932_81, now.cp932_81, 1));
  }

  // What is shifted in at the end of the block ends nothing.
  CASEPACK_MASKS static Bits Numbers(const Classes& now, const Bits& words) {
    const Bits ends = ~(now.alnum | now.slash | now.loud);
    const Bits long_ends = ends & ~now.colon;
    const Bits two = now.digit & now.digit >> 1;
    const Bits three = two & now.digit >> 2;
    const Bits four = three & now.digit >> 3;
    return words & ((now.digit & ends >> 1) | (two & ends >> 2) |
                    (three & (long_ends & ~now.dash) >> 3) | (four & long_ends >> 4));
  }

  // The first byte behind each run in which a bit of `in` stands. An addition does it: its
  // carry ripples to the end of the run, and on into the next block.
  CASEPACK_MASKS static Bits Behind(const Bits& runs, const Bits& in, bool* carry) {
    return SumOf(runs, in & runs, carry) & ~runs;
  }

  CASEPACK_MASKS Bits Quiet(const Classes& now) {
    const Bits after_name =
        Behind(now.alnum | now.joint, now.stem | now.percent | now.loud, &name_);
    const Bits after = after_name | Shifted(before_.tail, now.tail, 1);
    const Bits loud = after | Behind(now.around, after, &around_);
    const Bits slashes = Later(now.slash);
    const Bits url = (now.slash >> 1 | slashes << 63) & (now.slash >> 2 | slashes << 62);
    const Bits never = now.colon & (url | now.colon >> 1 | Later(now.colon) << 63);
    return (now.colon | now.equals) & ~(loud | never);
  }

  // What the next block wants to know of this one.
  struct Before {
    Bits alnum;
    Bits backslash;
    Bits percent;
    Bits dash;
    Bits wide_first;
    Bits cp932_81;
    Bits tail;
  };
  CASEPACK_MASKS static Before EndOf(const Classes& now) {
    return {now.alnum,      now.backslash, now.percent, now.dash,
            now.wide_first, now.cp932_81,  now.tail};
  }

  Before before_;
  // Is the end of a run with a stem in it still to come? At first nobody knows.
  bool name_ = true;
  bool around_ = true;
};

#undef CASEPACK_MASKS
#undef CASEPACK_TARGET

}  // namespace casepack::redaction
