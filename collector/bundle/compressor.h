// A block of bytes becomes one gzip member or one zstd frame, the same for the same
// bytes: no time, no name and no host stands in it. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace casepack::bundle {

enum class Codec { kGzip, kZstd };

// Content is compressed in blocks of this size, so that several threads can work at the
// chain and a reader starts near what it wants.
inline constexpr size_t kBlockBytes = 256U << 10U;

class Compressor {
 public:
  explicit Compressor(Codec codec);
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  std::string Compress(std::string_view bytes);

 private:
  class Gzip;
  class Zstd;
  std::unique_ptr<Gzip> gzip_;  // one of the two
  std::unique_ptr<Zstd> zstd_;
};

// One gzip member of at most max_bytes back into its bytes; false when it is not one.
bool DecompressGzip(std::string_view member, size_t max_bytes, std::string* out);
// The same for one zstd frame.
bool DecompressZstd(std::string_view frame, size_t max_bytes, std::string* out);

}  // namespace casepack::bundle
