#include "collector/bundle/compressor.h"

#include <libdeflate.h>
#include <zstd.h>

#include <cassert>
#include <new>

namespace casepack::bundle {
namespace {

constexpr int kGzipLevel = 6;
constexpr int kZstdLevel = 3;

}  // namespace

class Compressor::Gzip {
 public:
  Gzip() : state_(libdeflate_alloc_compressor(kGzipLevel)) {
    if (state_ == nullptr) throw std::bad_alloc();
  }
  ~Gzip() { libdeflate_free_compressor(state_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  std::string Compress(std::string_view bytes) {
    std::string out(libdeflate_gzip_compress_bound(state_, bytes.size()), '\0');
    const size_t size =
        libdeflate_gzip_compress(state_, bytes.data(), bytes.size(), out.data(), out.size());
    assert(size > 0 && "the bound was not one");
    out.resize(size);
    return out;
  }

 private:
  libdeflate_compressor* state_;
};

class Compressor::Zstd {
 public:
  Zstd() : state_(ZSTD_createCCtx()) {
    if (state_ == nullptr) throw std::bad_alloc();
    ZSTD_CCtx_setParameter(state_, ZSTD_c_compressionLevel, kZstdLevel);
    ZSTD_CCtx_setParameter(state_, ZSTD_c_checksumFlag, 1);
  }
  ~Zstd() { ZSTD_freeCCtx(state_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  std::string Compress(std::string_view bytes) {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const size_t size = ZSTD_compress2(state_, out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // nothing else can be wrong
    out.resize(size);
    return out;
  }

 private:
  ZSTD_CCtx* state_;
};

Compressor::Compressor(Codec codec) {
  if (codec == Codec::kGzip) {
    gzip_ = std::make_unique<Gzip>();
  } else {
    zstd_ = std::make_unique<Zstd>();
  }
}
Compressor::~Compressor() = default;

std::string Compressor::Compress(std::string_view bytes) {
  return gzip_ ? gzip_->Compress(bytes) : zstd_->Compress(bytes);
}

bool DecompressGzip(std::string_view member, size_t max_bytes, std::string* out) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> state(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (state == nullptr) throw std::bad_alloc();
  out->resize(max_bytes);
  size_t size = 0;
  const libdeflate_result result = libdeflate_gzip_decompress(
      state.get(), member.data(), member.size(), out->data(), out->size(), &size);
  out->resize(result == LIBDEFLATE_SUCCESS ? size : 0);
  return result == LIBDEFLATE_SUCCESS;
}

bool DecompressZstd(std::string_view frame, size_t max_bytes, std::string* out) {
  out->resize(max_bytes);
  const size_t size = ZSTD_decompress(out->data(), out->size(), frame.data(), frame.size());
  const bool good = ZSTD_isError(size) == 0;
  out->resize(good ? size : 0);
  return good;
}

}  // namespace casepack::bundle
