// A chain of gzip members or zstd frames back into its bytes, from any of its joints on.
// Checks what the chain says of itself, and how much comes out of how little. One thread;
// the input is lent to it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "collector/base/result.h"
#include "collector/bundle/compressor.h"
#include "collector/bundle/input.h"

namespace casepack::bundle {

struct DecoderLimits {
  uint64_t total_bytes = UINT64_MAX;  // that come out
  uint64_t ratio = UINT64_MAX;        // out to in, beyond the first 64 MiB
};

class Decoder {
 public:
  Decoder(Input& input, Codec codec, uint64_t offset, const DecoderLimits& limits);
  // Of a chain that is unpacked already: hands its bytes out, once.
  explicit Decoder(std::string_view unpacked);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  // The next bytes, valid until the next call; none at the end. kInvalid: cut short,
  // damaged, or over a limit; then for ever.
  base::Result<std::string_view> Next();

  // The offset in the file behind the first member of the chain, once it was passed.
  [[nodiscard]] std::optional<uint64_t> first_end() const { return first_end_; }

 private:
  class Inflater;
  class Gzip;
  class Zstd;

  base::Result<std::string_view> Fail(const char* key);
  bool Refill();
  [[nodiscard]] bool TooMuch() const;

  Input* input_ = nullptr;  // none: pending_ is unpacked, and all there is
  const DecoderLimits limits_{};
  std::unique_ptr<Inflater> inflater_;
  std::unique_ptr<char[]> in_;
  std::unique_ptr<char[]> out_;
  std::string_view pending_;  // of in_
  const uint64_t start_ = 0;
  uint64_t read_to_ = 0;
  uint64_t produced_ = 0;
  bool inside_ = false;  // a member has begun and not ended
  std::optional<uint64_t> first_end_;
  base::Status failure_;
};

}  // namespace casepack::bundle
