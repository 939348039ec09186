#include "collector/bundle/decoder.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <new>
#include <utility>

namespace casepack::bundle {
namespace {

constexpr size_t kInBytes = 64U << 10U;
constexpr size_t kOutBytes = 128U << 10U;
constexpr uint64_t kFreeBytes = 64U << 20U;  // below this no ratio is suspicious
constexpr int kMaxWindowLog = 23;  // 8 MiB: a frame that wants more of our memory is not ours

}  // namespace

class Decoder::Inflater {
 public:
  enum class State { kGoing, kEnded, kBad };
  Inflater() = default;
  virtual ~Inflater() = default;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Takes from the front of `in`; tells how much it wrote to `out`.
  virtual State Step(std::string_view& in, char* out, size_t* written) = 0;
};

class Decoder::Gzip : public Decoder::Inflater {
 public:
  Gzip() {
    if (inflateInit2(&state_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  ~Gzip() override { inflateEnd(&state_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  State Step(std::string_view& in, char* out, size_t* written) override {
    // zlib does not write to its input, but says so only when built with ZLIB_CONST.
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // NOLINT
    state_.avail_in = static_cast<uInt>(in.size());
    state_.next_out = reinterpret_cast<Bytef*>(out);
    state_.avail_out = kOutBytes;
    const int result = inflate(&state_, Z_NO_FLUSH);
    in.remove_prefix(in.size() - state_.avail_in);
    *written = kOutBytes - state_.avail_out;
    if (result == Z_STREAM_END) {
      inflateReset(&state_);
      return State::kEnded;
    }
    return result == Z_OK || result == Z_BUF_ERROR ? State::kGoing : State::kBad;
  }

 private:
  z_stream state_{};
};

class Decoder::Zstd : public Decoder::Inflater {
 public:
  Zstd() : state_(ZSTD_createDStream()) {
    if (state_ == nullptr) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(state_, ZSTD_d_windowLogMax, kMaxWindowLog);
  }
  ~Zstd() override { ZSTD_freeDStream(state_); }
  Zstd(const Zstd&) = delete;
  Zstd& operator=(const Zstd&) = delete;

  State Step(std::string_view& in, char* out, size_t* written) override {
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out, kOutBytes, 0};
    const size_t result = ZSTD_decompressStream(state_, &output, &input);
    in.remove_prefix(input.pos);
    *written = output.pos;
    if (ZSTD_isError(result) != 0) return State::kBad;
    return result == 0 ? State::kEnded : State::kGoing;
  }

 private:
  ZSTD_DStream* state_;
};

Decoder::Decoder(Input& input, Codec codec, uint64_t offset, const DecoderLimits& limits)
    : input_(&input),
      limits_(limits),
      in_(new char[kInBytes]),
      out_(new char[kOutBytes]),
      start_(offset),
      read_to_(offset) {
  if (codec == Codec::kGzip) {
    inflater_ = std::make_unique<Gzip>();
  } else {
    inflater_ = std::make_unique<Zstd>();
  }
}
Decoder::Decoder(std::string_view unpacked) : pending_(unpacked) {}
Decoder::~Decoder() = default;

base::Result<std::string_view> Decoder::Next() {
  if (!failure_.ok()) return failure_;
  if (input_ == nullptr) return std::exchange(pending_, {});
  for (;;) {
    const bool more = !pending_.empty() || Refill();
    if (!more && !inside_) return std::string_view();
    size_t written = 0;
    // Also with nothing to give: it may hold bytes back for want of room.
    const Inflater::State state = inflater_->Step(pending_, out_.get(), &written);
    if (state == Inflater::State::kBad) return Fail("bundle.reader.damaged");
    inside_ = state != Inflater::State::kEnded;
    if (!inside_ && !first_end_) first_end_ = read_to_ - pending_.size();
    produced_ += written;
    if (produced_ > limits_.total_bytes) return Fail("bundle.reader.total_bytes");
    if (TooMuch()) return Fail("bundle.reader.ratio");
    if (written > 0) return std::string_view(out_.get(), written);
    if (!more && inside_) return Fail("bundle.reader.truncated");
  }
}

bool Decoder::Refill() {
  const size_t got = input_->ReadAt(read_to_, {in_.get(), kInBytes});
  pending_ = {in_.get(), got};
  read_to_ += got;
  return got > 0;
}

bool Decoder::TooMuch() const {
  const uint64_t consumed = read_to_ - start_ - pending_.size();
  return produced_ > kFreeBytes && produced_ / std::max<uint64_t>(1, limits_.ratio) > consumed;
}

base::Result<std::string_view> Decoder::Fail(const char* key) {
  failure_ = {base::Code::kInvalid, {key, {}}};
  return failure_;
}

}  // namespace casepack::bundle
