#include "collector/archive/decoder.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <bit>

#include "collector/archive/lzw.h"

namespace casepack::archive {
namespace {

// For the two libraries with a z_stream's shape. They do not write to their input, but
// take no pointer to const.
template <typename Byte, typename State>
void Offer(State& state, std::string_view in, std::span<char> out) {
  state.next_in = reinterpret_cast<Byte*>(const_cast<char*>(in.data()));  // NOLINT
  state.avail_in = static_cast<unsigned>(in.size());
  state.next_out = reinterpret_cast<Byte*>(out.data());
  state.avail_out = static_cast<unsigned>(out.size());
}

template <typename State>
void Settle(const State& state, std::string_view& in, std::span<char>& out) {
  in.remove_prefix(in.size() - state.avail_in);
  out = out.last(state.avail_out);
}

class Inflate : public Decoder {
 public:
  explicit Inflate(int window) : window_(window) {}
  ~Inflate() override { inflateEnd(&state_); }
  Inflate(const Inflate&) = delete;
  Inflate& operator=(const Inflate&) = delete;

  bool Start() override {
    inflateEnd(&state_);
    state_ = {};
    return inflateInit2(&state_, window_) == Z_OK;
  }
  Step Decode(std::string_view& in, std::span<char>& out) override {
    Offer<Bytef>(state_, in, out);
    const int result = inflate(&state_, Z_NO_FLUSH);
    Settle(state_, in, out);
    if (result == Z_STREAM_END) return Step::kMemberEnd;
    if (result == Z_MEM_ERROR) return Step::kTooLarge;
    return result == Z_OK || result == Z_BUF_ERROR ? Step::kMore : Step::kDamaged;
  }

 private:
  const int window_;
  z_stream state_{};
};

class Bunzip2 : public Decoder {
 public:
  Bunzip2() = default;
  ~Bunzip2() override { BZ2_bzDecompressEnd(&state_); }
  Bunzip2(const Bunzip2&) = delete;
  Bunzip2& operator=(const Bunzip2&) = delete;

  bool Start() override {
    BZ2_bzDecompressEnd(&state_);
    state_ = {};
    return BZ2_bzDecompressInit(&state_, 0, 0) == BZ_OK;
  }
  Step Decode(std::string_view& in, std::span<char>& out) override {
    Offer<char>(state_, in, out);
    const int result = BZ2_bzDecompress(&state_);
    Settle(state_, in, out);
    if (result == BZ_STREAM_END) return Step::kMemberEnd;
    if (result == BZ_MEM_ERROR) return Step::kTooLarge;
    return result == BZ_OK ? Step::kMore : Step::kDamaged;
  }

 private:
  bz_stream state_{};
};

// .xz, .lzma and .lz by liblzma.
class Lzma : public Decoder {
 public:
  Lzma(Filter filter, uint64_t memory) : filter_(filter), memory_(memory) {}
  ~Lzma() override { lzma_end(&state_); }
  Lzma(const Lzma&) = delete;
  Lzma& operator=(const Lzma&) = delete;

  bool Start() override {
    if (filter_ == Filter::kXz) return lzma_stream_decoder(&state_, memory_, 0) == LZMA_OK;
    if (filter_ == Filter::kLzip) return lzma_lzip_decoder(&state_, memory_, 0) == LZMA_OK;
    return lzma_alone_decoder(&state_, memory_) == LZMA_OK;
  }
  Step Decode(std::string_view& in, std::span<char>& out) override {
    state_.next_in = reinterpret_cast<const uint8_t*>(in.data());
    state_.avail_in = in.size();
    state_.next_out = reinterpret_cast<uint8_t*>(out.data());
    state_.avail_out = out.size();
    const lzma_ret result = lzma_code(&state_, LZMA_RUN);
    Settle(state_, in, out);
    if (result == LZMA_STREAM_END) return Step::kMemberEnd;
    if (result == LZMA_MEMLIMIT_ERROR || result == LZMA_MEM_ERROR) return Step::kTooLarge;
    return result == LZMA_OK || result == LZMA_BUF_ERROR ? Step::kMore : Step::kDamaged;
  }

 private:
  const Filter filter_;
  const uint64_t memory_;
  lzma_stream state_ = LZMA_STREAM_INIT;
};

class Unzstd : public Decoder {
 public:
  explicit Unzstd(uint64_t memory)
      : window_(static_cast<int>(std::bit_width(memory)) - 1), state_(ZSTD_createDStream()) {}
  ~Unzstd() override { ZSTD_freeDStream(state_); }
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;

  bool Start() override {
    if (state_ == nullptr) return false;
    ZSTD_DCtx_reset(state_, ZSTD_reset_session_only);
    return ZSTD_isError(ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, window_)) == 0;
  }
  Step Decode(std::string_view& in, std::span<char>& out) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const size_t result = ZSTD_decompressStream(state_, &to, &from);
    in.remove_prefix(from.pos);
    out = out.subspan(to.pos);
    if (result == 0) return Step::kMemberEnd;
    if (ZSTD_isError(result) == 0) return Step::kMore;
    return result == kWindowTooLarge ? Step::kTooLarge : Step::kDamaged;
  }

 private:
  // An error is the negative of its number in zstd_errors.h; this one will not change.
  static constexpr size_t kWindowTooLarge = size_t{0} - 16;
  const int window_;
  ZSTD_DStream* state_;
};

class Unlz4 : public Decoder {
 public:
  Unlz4() = default;
  ~Unlz4() override { LZ4F_freeDecompressionContext(state_); }
  Unlz4(const Unlz4&) = delete;
  Unlz4& operator=(const Unlz4&) = delete;

  bool Start() override {
    if (state_ == nullptr && LZ4F_isError(LZ4F_createDecompressionContext(&state_, LZ4F_VERSION)))
      return false;
    LZ4F_resetDecompressionContext(state_);
    return true;
  }
  Step Decode(std::string_view& in, std::span<char>& out) override {
    size_t taken = in.size();
    size_t given = out.size();
    const size_t result = LZ4F_decompress(state_, out.data(), &given, in.data(), &taken, nullptr);
    if (LZ4F_isError(result) != 0) return Step::kDamaged;
    in.remove_prefix(taken);
    out = out.subspan(given);
    return result == 0 ? Step::kMemberEnd : Step::kMore;
  }

 private:
  LZ4F_dctx* state_ = nullptr;
};

}  // namespace

std::unique_ptr<Decoder> MakeDecoder(Filter filter, uint64_t memory) {
  switch (filter) {
    case Filter::kGzip:
      return std::make_unique<Inflate>(MAX_WBITS + 16);
    case Filter::kDeflate:
      return std::make_unique<Inflate>(-MAX_WBITS);
    case Filter::kBzip2:
      return std::make_unique<Bunzip2>();
    case Filter::kXz:
    case Filter::kLzma:
    case Filter::kLzip:
      return std::make_unique<Lzma>(filter, memory);
    case Filter::kZstd:
      return std::make_unique<Unzstd>(memory);
    case Filter::kLz4:
      return std::make_unique<Unlz4>();
    case Filter::kCompress:
      return MakeLzwDecoder();
    case Filter::kNone:
      break;
  }
  return nullptr;
}

}  // namespace casepack::archive
