#include "collector/archive/encode.h"

#include <string>

#include "collector/archive/encoder.h"

namespace casepack::archive {
namespace {

using base::Code;
using base::Status;

constexpr size_t kBufferBytes = 64U << 10U;

Status Failure() { return {Code::kFailed, {"archive.filter.encoder", {}}}; }

class Plain : public os::ByteSink {
 public:
  explicit Plain(os::ByteSink& out) : out_(out) {}
  Status Write(std::string_view bytes) override { return out_.Write(bytes); }
  Status Commit() override { return {}; }

 private:
  os::ByteSink& out_;
};

class Stepped : public os::ByteSink {
 public:
  Stepped(os::ByteSink& out, std::unique_ptr<Encoder> encoder)
      : out_(out), encoder_(std::move(encoder)), buffer_(kBufferBytes, '\0') {
    if (!encoder_->Start()) status_ = Failure();
  }

  Status Write(std::string_view bytes) override {
    while (status_.ok() && !bytes.empty())
      Run(bytes, Encoder::Flush::kNo);
    return status_;
  }
  Status Commit() override {
    std::string_view nothing;
    while (status_.ok() && !ended_)
      Run(nothing, Encoder::Flush::kEnd);
    if (status_.ok() && used_ > 0) status_ = out_.Write(Used());
    used_ = 0;
    return status_;
  }

 private:
  void Run(std::string_view& bytes, Encoder::Flush flush) {
    std::span<char> free = std::span(buffer_).subspan(used_);
    const Encoder::State state = encoder_->Encode(bytes, free, flush);
    used_ = buffer_.size() - free.size();
    ended_ = state == Encoder::State::kEnded;
    if (state == Encoder::State::kFailed) {
      status_ = Failure();
    } else if (free.size() < kBufferBytes / 4) {
      status_ = out_.Write(Used());
      used_ = 0;
    }
  }
  [[nodiscard]] std::string_view Used() const { return std::string_view(buffer_).substr(0, used_); }

  os::ByteSink& out_;
  const std::unique_ptr<Encoder> encoder_;
  std::string buffer_;
  size_t used_ = 0;
  bool ended_ = false;
  Status status_;
};

}  // namespace

std::unique_ptr<os::ByteSink> OpenEncoder(os::ByteSink& out, Filter filter) {
  auto encoder = MakeEncoder(filter);
  if (encoder == nullptr) return std::make_unique<Plain>(out);
  return std::make_unique<Stepped>(out, std::move(encoder));
}

}  // namespace casepack::archive
