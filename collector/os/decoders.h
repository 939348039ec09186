// The decompressors, all in one shape: start a member, take bytes, give bytes, say where
// the member ends. What they use of memory is bounded, whatever the stream asks for. One
// thread at a time for each.
#pragma once

#include <functional>
#include <span>
#include <string_view>

namespace casepack::os {

enum class DecodeStep {
  kMore,
  kMemberEnd,
  kDamaged,
  kTooLarge,  // it asks for more memory than we give
};

struct DecodeBuffers {
  std::string_view in;  // what is still to be taken
  std::span<char> out;  // what is still free
};

struct Decoder {
  std::function<bool()> start;  // a member; false when there is no memory
  std::function<DecodeStep(DecodeBuffers&)> decode;
};

// For a name that CompressionOf gives; without functions for any other.
Decoder MakeDecoder(std::string_view compression);

}  // namespace casepack::os
