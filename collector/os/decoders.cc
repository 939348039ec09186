#include "collector/os/decoders.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdint>
#include <memory>

namespace casepack::os {
namespace {

// What one stream may cost. xz -6 and zstd -19 ask for 9 MiB; the whole program is to stay
// below 64 MiB with several of them at work.
constexpr uint64_t kMaxMemory = 12U << 20U;
constexpr int kMaxWindowLog = 23;
// Added to the window: the stream has gzip's header and no other.
constexpr int kGzipOnly = 16;

// For the two libraries with a z_stream's shape. They do not write to their input, but
// take no pointer to const.
template <typename Byte, typename Stream>
void Offer(Stream& stream, DecodeBuffers& buffers) {
  stream.next_in = reinterpret_cast<Byte*>(const_cast<char*>(buffers.in.data()));
  stream.avail_in = static_cast<unsigned>(buffers.in.size());
  stream.next_out = reinterpret_cast<Byte*>(buffers.out.data());
  stream.avail_out = static_cast<unsigned>(buffers.out.size());
}

template <typename Stream>
void Settle(const Stream& stream, DecodeBuffers& buffers) {
  buffers.in.remove_prefix(buffers.in.size() - stream.avail_in);
  buffers.out = buffers.out.last(stream.avail_out);
}

class Gzip {
 public:
  Gzip() = default;
  ~Gzip() { inflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  bool Start() {
    inflateEnd(&stream_);
    stream_ = {};
    return inflateInit2(&stream_, MAX_WBITS + kGzipOnly) == Z_OK;
  }

  DecodeStep Decode(DecodeBuffers& buffers) {
    Offer<Bytef>(stream_, buffers);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    Settle(stream_, buffers);
    if (result == Z_STREAM_END) return DecodeStep::kMemberEnd;
    if (result == Z_MEM_ERROR) return DecodeStep::kTooLarge;
    return result == Z_OK || result == Z_BUF_ERROR ? DecodeStep::kMore : DecodeStep::kDamaged;
  }

 private:
  z_stream stream_{};
};

class Xz {
 public:
  Xz() = default;
  ~Xz() { lzma_end(&stream_); }
  Xz(const Xz&) = delete;
  Xz& operator=(const Xz&) = delete;

  bool Start() { return lzma_stream_decoder(&stream_, kMaxMemory, 0) == LZMA_OK; }

  DecodeStep Decode(DecodeBuffers& buffers) {
    stream_.next_in = reinterpret_cast<const uint8_t*>(buffers.in.data());
    stream_.avail_in = buffers.in.size();
    stream_.next_out = reinterpret_cast<uint8_t*>(buffers.out.data());
    stream_.avail_out = buffers.out.size();
    const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
    Settle(stream_, buffers);
    if (result == LZMA_STREAM_END) return DecodeStep::kMemberEnd;
    if (result == LZMA_MEMLIMIT_ERROR || result == LZMA_MEM_ERROR) return DecodeStep::kTooLarge;
    return result == LZMA_OK || result == LZMA_BUF_ERROR ? DecodeStep::kMore : DecodeStep::kDamaged;
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
};

class Zstd {
 public:
  Zstd() : stream_(ZSTD_createDStream()) {}
  ~Zstd() { ZSTD_freeDStream(stream_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  bool Start() {
    if (stream_ == nullptr) return false;
    ZSTD_DCtx_reset(stream_, ZSTD_reset_session_only);
    return ZSTD_isError(ZSTD_DCtx_setParameter(stream_, ZSTD_d_windowLogMax, kMaxWindowLog)) == 0;
  }

  DecodeStep Decode(DecodeBuffers& buffers) {
    ZSTD_inBuffer in{buffers.in.data(), buffers.in.size(), 0};
    ZSTD_outBuffer out{buffers.out.data(), buffers.out.size(), 0};
    const size_t result = ZSTD_decompressStream(stream_, &out, &in);
    buffers.in.remove_prefix(in.pos);
    buffers.out = buffers.out.subspan(out.pos);
    if (result == 0) return DecodeStep::kMemberEnd;
    if (ZSTD_isError(result) == 0) return DecodeStep::kMore;
    return result == kWindowTooLarge ? DecodeStep::kTooLarge : DecodeStep::kDamaged;
  }

 private:
  // An error is the negative of its number in zstd_errors.h; this one will not change.
  static constexpr size_t kWindowTooLarge = size_t{0} - 16;
  ZSTD_DStream* stream_;
};

class Bzip2 {
 public:
  Bzip2() = default;
  ~Bzip2() { BZ2_bzDecompressEnd(&stream_); }
  Bzip2(const Bzip2&) = delete;
  Bzip2& operator=(const Bzip2&) = delete;

  bool Start() {
    BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
    return BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
  }

  DecodeStep Decode(DecodeBuffers& buffers) {
    Offer<char>(stream_, buffers);
    const int result = BZ2_bzDecompress(&stream_);
    Settle(stream_, buffers);
    if (result == BZ_STREAM_END) return DecodeStep::kMemberEnd;
    if (result == BZ_MEM_ERROR) return DecodeStep::kTooLarge;
    return result == BZ_OK ? DecodeStep::kMore : DecodeStep::kDamaged;
  }

 private:
  bz_stream stream_{};
};

template <typename Codec>
Decoder Wrap() {
  const auto codec = std::make_shared<Codec>();
  return {[codec] { return codec->Start(); },
          [codec](DecodeBuffers& buffers) { return codec->Decode(buffers); }};
}

}  // namespace

Decoder MakeDecoder(std::string_view compression) {
  if (compression == "gzip") return Wrap<Gzip>();
  if (compression == "xz") return Wrap<Xz>();
  if (compression == "zstd") return Wrap<Zstd>();
  if (compression == "bzip2") return Wrap<Bzip2>();
  return {};
}

}  // namespace casepack::os
