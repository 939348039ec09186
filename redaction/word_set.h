// A few words of a vocabulary, known in any case of their letters. Nearly all that is asked
// for is sent away by its first letter and its length.
//
// Immutable, made by the compiler; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "redaction/view.h"

namespace casepack::redaction {

template <size_t kCount>
class WordSet {
 public:
  // None of them empty.
  constexpr explicit WordSet(const std::string_view (&words)[kCount])
      : words_(std::to_array(words)) {
    for (const std::string_view word : words_)
      lengths_.at(Letter(word)) |= Length(word);
  }

  [[nodiscard]] constexpr bool Has(std::string_view word) const {
    if (word.empty() || (lengths_[Letter(word)] & Length(word)) == 0) return false;
    return std::any_of(words_.begin(), words_.end(),
                       [word](std::string_view one) { return SameLetters(word, one); });
  }

 private:
  static constexpr size_t kLetters = 32;
  // The same for both cases of a letter.
  static constexpr size_t Letter(std::string_view word) {
    return static_cast<unsigned char>(word.front()) % kLetters;
  }
  static constexpr uint32_t Length(std::string_view word) {
    return uint32_t{1} << std::min<size_t>(word.size(), 31);
  }

  std::array<std::string_view, kCount> words_;
  std::array<uint32_t, kLetters> lengths_{};  // of the words with this first letter
};

}  // namespace casepack::redaction
