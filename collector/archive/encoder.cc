#include "collector/archive/encoder.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include "collector/archive/lzw.h"

namespace casepack::archive {
namespace {

constexpr int kDeflateLevel = 6;
constexpr int kDeflateMemory = 8;
constexpr int kBzip2Level = 9;
constexpr uint32_t kLzmaPreset = 1;  // 9 MiB to pack, 2 to unpack
constexpr int kZstdLevel = 3;
constexpr size_t kChunk = 4096;  // of lz4: what it makes of this fits into 16 KiB

using State = Encoder::State;

template <typename Byte, typename Stream>
void Offer(Stream& stream, std::string_view in, std::span<char> out) {
  stream.next_in = reinterpret_cast<Byte*>(const_cast<char*>(in.data()));  // NOLINT
  stream.avail_in = static_cast<unsigned>(in.size());
  stream.next_out = reinterpret_cast<Byte*>(out.data());
  stream.avail_out = static_cast<unsigned>(out.size());
}

template <typename Stream>
void Settle(const Stream& stream, std::string_view& in, std::span<char>& out) {
  in.remove_prefix(in.size() - stream.avail_in);
  out = out.last(stream.avail_out);
}

class Deflate : public Encoder {
 public:
  explicit Deflate(int window) : window_(window) {}
  ~Deflate() override { deflateEnd(&state_); }
  Deflate(const Deflate&) = delete;
  Deflate& operator=(const Deflate&) = delete;

  bool Start() override {
    return deflateInit2(&state_, kDeflateLevel, Z_DEFLATED, window_, kDeflateMemory,
                        Z_DEFAULT_STRATEGY) == Z_OK;
  }
  State Encode(std::string_view& in, std::span<char>& out, Flush flush) override {
    Offer<Bytef>(state_, in, out);
    const int result = deflate(&state_, flush == Flush::kEnd ? Z_FINISH : Z_NO_FLUSH);
    Settle(state_, in, out);
    if (result == Z_STREAM_END) return State::kEnded;
    return result == Z_OK || result == Z_BUF_ERROR ? State::kGoing : State::kFailed;
  }

 private:
  const int window_;
  z_stream state_{};
};

class Bzip2 : public Encoder {
 public:
  Bzip2() = default;
  ~Bzip2() override { BZ2_bzCompressEnd(&state_); }
  Bzip2(const Bzip2&) = delete;
  Bzip2& operator=(const Bzip2&) = delete;

  bool Start() override { return BZ2_bzCompressInit(&state_, kBzip2Level, 0, 0) == BZ_OK; }
  State Encode(std::string_view& in, std::span<char>& out, Flush flush) override {
    Offer<char>(state_, in, out);
    const int result = BZ2_bzCompress(&state_, flush == Flush::kEnd ? BZ_FINISH : BZ_RUN);
    Settle(state_, in, out);
    if (result == BZ_STREAM_END) return State::kEnded;
    return result == BZ_RUN_OK || result == BZ_FINISH_OK ? State::kGoing : State::kFailed;
  }

 private:
  bz_stream state_{};
};

// .xz and .lzma by liblzma. A .lz is its raw LZMA with an end marker, between six bytes
// before and twenty behind (lzip's manual, "File format").
class Lzma : public Encoder {
 public:
  explicit Lzma(Filter filter) : filter_(filter) {}
  ~Lzma() override { lzma_end(&state_); }
  Lzma(const Lzma&) = delete;
  Lzma& operator=(const Lzma&) = delete;

  bool Start() override {
    if (filter_ == Filter::kXz)
      return lzma_easy_encoder(&state_, kLzmaPreset, LZMA_CHECK_CRC64) == LZMA_OK;
    if (lzma_lzma_preset(&options_, kLzmaPreset) != 0) return false;
    if (filter_ == Filter::kLzma) return lzma_alone_encoder(&state_, &options_) == LZMA_OK;
    const lzma_filter chain[] = {{LZMA_FILTER_LZMA1, &options_}, {LZMA_VLI_UNKNOWN, nullptr}};
    // "LZIP", version 1, and the dictionary's size as a power of two.
    const auto power = static_cast<char>(std::bit_width(options_.dict_size) - 1);
    around_ = std::string("LZIP\x01", 5) + power;
    length_ = around_.size();
    return lzma_raw_encoder(&state_, chain) == LZMA_OK;
  }

  State Encode(std::string_view& in, std::span<char>& out, Flush flush) override {
    PutAround(out);
    if (closed_) return State::kEnded;
    state_.next_in = reinterpret_cast<const uint8_t*>(in.data());
    state_.avail_in = in.size();
    state_.next_out = reinterpret_cast<uint8_t*>(out.data());
    state_.avail_out = out.size();
    const lzma_ret result = lzma_code(&state_, flush == Flush::kEnd ? LZMA_FINISH : LZMA_RUN);
    const std::string_view taken = in.substr(0, in.size() - state_.avail_in);
    crc_ = lzma_crc32(reinterpret_cast<const uint8_t*>(taken.data()), taken.size(), crc_);
    in.remove_prefix(taken.size());
    length_ += out.size() - state_.avail_out;
    out = out.last(state_.avail_out);
    if (result == LZMA_STREAM_END) return Close(out);
    return result == LZMA_OK || result == LZMA_BUF_ERROR ? State::kGoing : State::kFailed;
  }

 private:
  State Close(std::span<char>& out) {
    if (filter_ != Filter::kLzip) return State::kEnded;
    closed_ = true;
    length_ += 20;
    PutNumber(crc_, 4);
    PutNumber(state_.total_in, 8);
    PutNumber(length_, 8);
    if (out.size() < around_.size()) return State::kGoing;
    PutAround(out);
    return State::kEnded;
  }
  void PutNumber(uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
      around_.push_back(static_cast<char>(value >> (8 * i)));
  }
  void PutAround(std::span<char>& out) {
    std::copy(around_.begin(), around_.end(), out.begin());
    out = out.subspan(around_.size());
    around_.clear();
  }

  const Filter filter_;
  lzma_options_lzma options_{};
  lzma_stream state_ = LZMA_STREAM_INIT;
  std::string around_;  // what is to stand before or behind the raw bytes
  bool closed_ = false;
  uint32_t crc_ = 0;
  uint64_t length_ = 0;
};

class Zstd : public Encoder {
 public:
  Zstd() : state_(ZSTD_createCCtx()) {}
  ~Zstd() override { ZSTD_freeCCtx(state_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  bool Start() override {
    if (state_ == nullptr) return false;
    ZSTD_CCtx_setParameter(state_, ZSTD_c_compressionLevel, kZstdLevel);
    return ZSTD_isError(ZSTD_CCtx_setParameter(state_, ZSTD_c_checksumFlag, 1)) == 0;
  }
  State Encode(std::string_view& in, std::span<char>& out, Flush flush) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const bool end = flush == Flush::kEnd;
    const size_t left =
        ZSTD_compressStream2(state_, &to, &from, end ? ZSTD_e_end : ZSTD_e_continue);
    in.remove_prefix(from.pos);
    out = out.subspan(to.pos);
    if (ZSTD_isError(left) != 0) return State::kFailed;
    return end && left == 0 ? State::kEnded : State::kGoing;
  }

 private:
  ZSTD_CCtx* state_;
};

class Lz4 : public Encoder {
 public:
  Lz4() = default;
  ~Lz4() override { LZ4F_freeCompressionContext(state_); }
  Lz4(const Lz4&) = delete;
  Lz4& operator=(const Lz4&) = delete;

  bool Start() override {
    options_.frameInfo.blockSizeID = LZ4F_max64KB;
    options_.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
    block_.resize(LZ4F_compressBound(kChunk, &options_));
    return LZ4F_isError(LZ4F_createCompressionContext(&state_, LZ4F_VERSION)) == 0;
  }
  // lz4 wants room for the worst case: so by way of a block of our own.
  State Encode(std::string_view& in, std::span<char>& out, Flush flush) override {
    if (!begun_) {
      begun_ = true;
      return Made(LZ4F_compressBegin(state_, block_.data(), block_.size(), &options_), out);
    }
    if (at_ < made_) return Made(made_, out);
    const std::string_view part = in.substr(0, kChunk);
    if (!part.empty()) {
      in.remove_prefix(part.size());
      return Made(LZ4F_compressUpdate(state_, block_.data(), block_.size(), part.data(),
                                      part.size(), nullptr),
                  out);
    }
    if (flush == Flush::kNo) return State::kGoing;
    if (ended_) return State::kEnded;
    ended_ = true;
    return Made(LZ4F_compressEnd(state_, block_.data(), block_.size(), nullptr), out);
  }

 private:
  State Made(size_t made, std::span<char>& out) {
    if (LZ4F_isError(made) != 0) return State::kFailed;
    made_ = made;
    const size_t part = std::min(out.size(), made_ - at_);
    std::memcpy(out.data(), block_.data() + at_, part);
    out = out.subspan(part);
    at_ += part;
    if (at_ < made_) return State::kGoing;
    at_ = made_ = 0;
    return ended_ ? State::kEnded : State::kGoing;
  }

  LZ4F_preferences_t options_{};
  LZ4F_cctx* state_ = nullptr;
  std::string block_;
  size_t at_ = 0;  // of what was made of the last part
  size_t made_ = 0;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Encoder> MakeEncoder(Filter filter) {
  switch (filter) {
    case Filter::kGzip:
      return std::make_unique<Deflate>(MAX_WBITS + 16);
    case Filter::kDeflate:
      return std::make_unique<Deflate>(-MAX_WBITS);
    case Filter::kBzip2:
      return std::make_unique<Bzip2>();
    case Filter::kXz:
    case Filter::kLzma:
    case Filter::kLzip:
      return std::make_unique<Lzma>(filter);
    case Filter::kZstd:
      return std::make_unique<Zstd>();
    case Filter::kLz4:
      return std::make_unique<Lz4>();
    case Filter::kCompress:
      return MakeLzwEncoder();
    case Filter::kNone:
      break;
  }
  return nullptr;
}

}  // namespace casepack::archive
