// The decompressors in one shape, for decode.cc only: start a member, take bytes, give
// bytes, say where the member ends. One thread at a time for each.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "collector/archive/filter.h"

namespace casepack::archive {

enum class Step { kMore, kMemberEnd, kDamaged, kTooLarge };

class Decoder {
 public:
  Decoder() = default;
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  virtual bool Start() = 0;  // a member; false when there is no memory
  // Takes from the front of `in` and fills the front of `out`, shortening both.
  virtual Step Decode(std::string_view& in, std::span<char>& out) = 0;
  // A format without an end of its own.
  [[nodiscard]] virtual bool MayEndHere() const { return false; }
};

// nullptr for kNone.
std::unique_ptr<Decoder> MakeDecoder(Filter filter, uint64_t memory);

}  // namespace casepack::archive
