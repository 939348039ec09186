// May a match of this rule go on behind its literal as the text does? An automaton for the
// next bytes: where many rules share a word, nearly all are sent away by it. Never wrong when
// it says no.
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
  static constexpr size_t kBytes = 16;  // that are looked at

  // Where a match begins.
  enum class Begin : uint8_t { kAtLiteral, kBefore };
  Follow(std::string_view pattern, const std::vector<std::string>& literals,
         Begin begin = Begin::kAtLiteral);

  // `after`: what stands behind a literal of `length` bytes; kBytes of it are readable.
  [[nodiscard]] bool May(size_t length, const char* after) const {
    State state = first_[length % first_.size()];
    // A few at a time: most often they tell, and a question for each costs more.
    for (size_t from = 0; from < kBytes && state > kAlways; from += kStep) {
      for (size_t i = from; i < from + kStep; ++i)
        state = next_[state * kKinds + kinds_[static_cast<unsigned char>(after[i])]];
    }
    return state != kNever;
  }

 private:
  using State = uint8_t;
  static constexpr State kNever = 0;
  static constexpr State kAlways = 1;  // whatever follows
  static constexpr size_t kStep = 4;
  static constexpr size_t kKinds = 32;
  static constexpr size_t kMostStates = 64;
  class Maker;

  // By the length of the literal, which few share.
  std::array<State, 8> first_{};
  std::array<uint8_t, 256> kinds_{};  // of bytes between which the expression sees no difference
  std::vector<State> next_;           // [state * kKinds + kind]
};

}  // namespace casepack::redaction
