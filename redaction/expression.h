// A rule's expression, read: what its parts are (RE2's syntax over bytes). For looks that are
// cheaper than a match.
//
// Plain data; belongs to whoever asked for it.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace casepack::redaction {

using ByteSet = std::bitset<256>;

struct Expression {
  enum class Kind : uint8_t { kByte, kSequence, kChoice, kRepeat };
  static constexpr size_t kMany = 10000;  // and more

  Kind kind = Kind::kSequence;
  ByteSet bytes;                  // kByte: it is one of them
  std::vector<Expression> parts;  // kRepeat: one; of what has no length (`^`, `\b`) nothing is kept
  size_t least = 1;               // kRepeat: so often
  size_t most = 1;
};

// Nothing where it has anything that no rule needs (back references are in no RE2).
std::optional<Expression> ReadExpression(std::string_view pattern);

}  // namespace casepack::redaction
