// A filter taken off: a ByteSource in, a ByteSource out. Members in a row are one stream.
// Checks what the format says of itself (CRC, size, end), takes no more memory than the
// bounds allow, and counts how much comes out of how little. One thread.
#pragma once

#include <memory>

#include "collector/archive/bounds.h"
#include "collector/archive/byte_source.h"
#include "collector/archive/filter.h"

namespace casepack::archive {

enum class Members { kMany, kOne };

// Read fails with kInvalid: damaged, cut short, or followed by something else; kRefused:
// it asks for too much memory; kFull: over a bound. What came before was given by then.
class Decoded : public ByteSource {
 public:
  // Bytes of the input that belong to the stream.
  [[nodiscard]] virtual uint64_t taken() const = 0;
};

// `in` and `budget` are lent. With kOne the stream ends with its first member, whatever
// stands behind it. Filter::kNone gives the bytes as they are.
std::unique_ptr<Decoded> OpenDecoder(ByteSource& in, Filter filter, Budget& budget,
                                     Members members = Members::kMany);

}  // namespace casepack::archive
