// May a match of this rule go on behind its literal as the text does? An automaton for the
// next few bytes: where many rules share a word, nearly all are sent away by it. Never wrong
// when it says no.
//
// Made by reading the expression once. Immutable once made, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casepack::redaction {

class Follow {
 public:
  static constexpr size_t kBytes = 4;  // that are looked at
  using State = uint8_t;
  static constexpr State kNever = 0;
  static constexpr State kAlways = 1;  // whatever follows

  // `literals`: what stands in each match: at its beginning, or (`behind`) anywhere.
  Follow(std::string_view pattern, const std::vector<std::string>& literals, bool behind);

  // `after`: what stands behind a literal of `length` bytes; kBytes of it are readable.
  [[nodiscard]] bool May(size_t length, const char* after) const {
    State state = First(length);
    for (size_t i = 0; i < kBytes; ++i)
      state = Next(state, after[i]);
    return state != kNever;
  }

  // The same step by step.
  [[nodiscard]] State First(size_t length) const { return first_[length % first_.size()]; }
  [[nodiscard]] State Next(State state, char c) const { return next_[state * kKinds + KindOf(c)]; }
  // Bytes of one kind lead to the same states.
  [[nodiscard]] uint8_t KindOf(char c) const { return kinds_[static_cast<unsigned char>(c)]; }

 private:
  static constexpr size_t kKinds = 32;
  static constexpr size_t kMostStates = 64;
  class Maker;

  // By the length of the literal, which few share.
  std::array<State, 8> first_{};
  std::array<uint8_t, 256> kinds_{};  // of bytes between which the expression sees no difference
  std::vector<State> next_;           // [state * kKinds + kind]
};

}  // namespace casepack::redaction
