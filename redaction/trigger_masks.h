// What the three implementations of triggers.h share: from the classes of 64 bytes to the
// triggers among them, by bit arithmetic. Bit i is byte i.
#pragma once

#include <cstdint>

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
};

class TriggerMasks {
 public:
  // `before`: of the 64 bytes (as many of them as there are) ahead of the first block.
  explicit TriggerMasks(const ByteClasses& before) : before_(before) {}

  TriggerBlock Next(const ByteClasses& now) {
    const auto shifted = [](uint64_t previous, uint64_t current, unsigned by) {
      return current << by | previous >> (64 - by);
    };
    const uint64_t after_word = shifted(before_.alnum, now.alnum, 1);
    const uint64_t after_escape = shifted(before_.backslash, now.backslash, 2) |
                                  shifted(before_.backslash, now.backslash, 6) |
                                  shifted(before_.percent, now.percent, 3);
    const uint64_t words = now.alnum & (~after_word | after_escape);
    const uint64_t options = now.dash & ~after_word & ~shifted(before_.dash, now.dash, 1);
    const uint64_t codes =
        now.dash & shifted(before_.dash, now.dash, 6) & shifted(before_.dash, now.dash, 11);
    const uint64_t wide =
        (now.wide_second & shifted(before_.wide_first, now.wide_first, 1)) |
        ((now.cp932_81 | now.cp932_c6) & shifted(before_.cp932_81, now.cp932_81, 1));
    before_ = now;
    return {words | now.dollar, options | codes | wide | now.other};
  }

 private:
  ByteClasses before_;
};

}  // namespace casepack::redaction
