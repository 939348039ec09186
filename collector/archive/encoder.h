// The compressors in one shape, for encode.cc only. Levels are chosen for logs and for
// memory: below 12 MiB each. One thread at a time for each.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "collector/archive/filter.h"

namespace casepack::archive {

class Encoder {
 public:
  enum class Flush { kNo, kEnd };
  enum class State { kGoing, kEnded, kFailed };
  Encoder() = default;
  virtual ~Encoder() = default;
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  virtual bool Start() = 0;
  // Takes from the front of `in` and fills the front of `out`, which has 16 KiB or more
  // free, shortening both. With kEnd, again until kEnded.
  virtual State Encode(std::string_view& in, std::span<char>& out, Flush flush) = 0;
};

// nullptr for kNone.
std::unique_ptr<Encoder> MakeEncoder(Filter filter);

}  // namespace casepack::archive
