// The offsets of bits in blocks of 64: bit i of blocks[b] is 64 * b + i.
//
// Pure; any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace casepack::redaction {

// Writes them to `list` from the first to the last, and returns how many they are; there
// is room for kUsual more. As many are written at once as most blocks have, whether they
// are there or not, so that hardly a block's end comes as a surprise.
template <size_t kUsual>
[[gnu::always_inline]] inline size_t ListBits(std::span<const uint64_t> blocks, uint16_t* list) {
  constexpr uint64_t kLast = uint64_t{1} << 63;
  uint16_t* out = list;
  size_t base = 0;
  for (uint64_t left : blocks) {
    const auto count = static_cast<size_t>(std::popcount(left));
    const auto add = [&](size_t i) {
      out[i] = static_cast<uint16_t>(base + static_cast<size_t>(__builtin_ctzll(left | kLast)));
      left &= left - 1;
    };
    for (size_t i = 0; i < kUsual; ++i)
      add(i);
    for (size_t i = kUsual; i < count; ++i)
      add(i);
    out += count;
    base += 64;
  }
  return static_cast<size_t>(out - list);
}

}  // namespace casepack::redaction
