// What may stand at the first places of a rule's matches, and a byte and a text that they all
// have: a second look behind the literal, far cheaper than the expression. Never wrong when
// it says no.
//
// Made by reading the expression once (RE2's syntax over bytes); what it does not know
// leaves everything possible. Immutable once made, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace casepack::redaction {

class Outline {
 public:
  static constexpr size_t kPlaces = 16;

  // `literals`: what stands in the text already is not looked for once more.
  explicit Outline(std::string_view pattern, const std::vector<std::string>& literals = {});

  // What is asked first.
  static constexpr size_t kAnyReach = 0xffff;
  static constexpr uint8_t kMany = 0xff;
  struct Brief {
    char required = '\0';        // a byte that every match has; '\0': none is known
    uint8_t newlines = kMany;    // no match has more line ends in it
    uint16_t reach = kAnyReach;  // the required byte is among so many of the first bytes

    [[nodiscard]] bool one_line() const { return newlines == 0; }
    // Of a text that begins up to `lead` bytes before a match.
    [[nodiscard]] bool Has(std::string_view text, size_t lead = 0) const {
      if (required == '\0') return true;
      const std::string_view part = text.substr(0, reach == kAnyReach ? text.size() : lead + reach);
      return std::memchr(part.data(), required, part.size()) != nullptr;
    }
  };
  [[nodiscard]] const Brief& brief() const { return brief_; }

  // May this byte be number `place`, counted from 0, of a match, or follow one that ended before?
  [[nodiscard]] bool MayStandAt(char c, size_t place) const {
    return place >= kPlaces || MayBe(c, place);
  }
  // May a match begin with this byte?
  [[nodiscard]] bool MayBegin(char c) const { return MayBe(c, 0); }
  // May a match begin at the first byte of `text`, which goes on to its end? The first
  // `known` bytes are a literal of the rule: they are looked at last.
  [[nodiscard]] bool Fits(std::string_view text, size_t known = 0) const {
    const size_t places = text.size() < kPlaces ? text.size() : kPlaces;
    const size_t first = known < places ? known : 0;
    return Among(text, first, places) && Among(text, 0, first) && HasRequired(text);
  }

 private:
  // Has it what nothing matches without?
  [[nodiscard]] bool HasRequired(std::string_view text) const {
    return brief_.Has(text) &&
           (required_text_.empty() || text.find(required_text_) != std::string_view::npos);
  }
  // All places without a branch: which one says no is hard to guess.
  [[nodiscard]] bool Among(std::string_view text, size_t from, size_t to) const {
    unsigned may = 1;
    for (size_t i = from; i < to; ++i)
      may &= static_cast<unsigned>(places_[static_cast<unsigned char>(text[i])]) >> i;
    return may != 0;
  }
  [[nodiscard]] bool MayBe(char c, size_t place) const {
    return (places_[static_cast<unsigned char>(c)] >> place & 1U) != 0;
  }

  std::array<uint16_t, 256> places_{};  // of each byte: bit i says that it may be byte i
  Brief brief_;
  std::string required_text_;  // every match has it
};

}  // namespace casepack::redaction
