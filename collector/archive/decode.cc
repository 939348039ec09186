#include "collector/archive/decode.h"

#include <string>
#include <utility>

#include "collector/archive/decoder.h"

namespace casepack::archive {
namespace {

using base::Code;
using base::Status;

constexpr size_t kBufferBytes = 64U << 10U;

// As it is.
class Plain : public Decoded {
 public:
  explicit Plain(ByteSource& in) : in_(in) {}
  base::Result<size_t> Read(std::span<char> buffer) override {
    ASSIGN_OR_RETURN(const size_t got, in_.Read(buffer));
    taken_ += got;
    return got;
  }
  RandomAccess* random() override { return in_.random(); }
  [[nodiscard]] uint64_t taken() const override { return taken_; }

 private:
  ByteSource& in_;
  uint64_t taken_ = 0;
};

class Stepped : public Decoded {
 public:
  Stepped(ByteSource& in, std::unique_ptr<Decoder> decoder, Budget& budget, Members members)
      : in_(in), decoder_(std::move(decoder)), budget_(budget), members_(members) {}

  base::Result<size_t> Read(std::span<char> buffer) override {
    if (!failure_.ok()) return failure_;
    auto got = Fill(buffer);
    if (!got) failure_ = got.error();
    return got;
  }
  [[nodiscard]] uint64_t taken() const override { return taken_; }

 private:
  base::Result<size_t> Fill(std::span<char> buffer) {
    while (!done_) {
      const bool starved = pending_.empty();
      if (starved) RETURN_IF_ERROR(Refill());
      if (!inside_) {
        RETURN_IF_ERROR(Begin());
        if (!inside_) continue;
      }
      const size_t had = pending_.size();
      std::span<char> out = buffer;
      const Step step = decoder_->Decode(pending_, out);
      taken_ += had - pending_.size();
      if (step == Step::kDamaged) return Damaged();
      const size_t made = buffer.size() - out.size();
      fresh_ = fresh_ && made == 0 && step != Step::kMemberEnd;
      if (step == Step::kTooLarge) return Status(Code::kRefused, {"archive.filter.memory", {}});
      if (step == Step::kMemberEnd) End();
      if (made > 0) return Count(made);
      if (step != Step::kMore || had > 0) continue;
      if (!decoder_->MayEndHere()) return Status(Code::kInvalid, {"archive.filter.truncated", {}});
      done_ = true;
    }
    return size_t{0};
  }

  Status Refill() {
    if (at_end_) return {};
    ASSIGN_OR_RETURN(const size_t got, in_.Read(buffer_));
    pending_ = std::string_view(buffer_).substr(0, got);
    at_end_ = got == 0;
    return {};
  }

  // Between members: zeros pad the last block of a tape, and an .xz.
  Status Begin() {
    while (!first_ && !pending_.empty() && pending_.front() == '\0')
      pending_.remove_prefix(1);
    if (pending_.empty()) {
      done_ = at_end_;
      if (done_ && first_) return {Code::kInvalid, {"archive.filter.truncated", {}}};
      return {};
    }
    fresh_ = !std::exchange(first_, false);
    if (!decoder_->Start()) return {Code::kRefused, {"archive.filter.memory", {}}};
    inside_ = true;
    return {};
  }

  [[nodiscard]] Status Damaged() const {
    return {Code::kInvalid, {fresh_ ? "archive.filter.behind_end" : "archive.filter.damaged", {}}};
  }

  void End() {
    inside_ = false;
    done_ = members_ == Members::kOne;
  }

  base::Result<size_t> Count(size_t made) {
    made_ += made;
    RETURN_IF_ERROR(budget_.Ratio(taken_, made_));
    RETURN_IF_ERROR(budget_.Unpack(made));
    return made;
  }

  ByteSource& in_;
  const std::unique_ptr<Decoder> decoder_;
  Budget& budget_;
  const Members members_;
  std::string buffer_ = std::string(kBufferBytes, '\0');
  std::string_view pending_;  // of buffer_
  bool first_ = true;
  bool fresh_ = false;  // a further member has begun, and nothing came of it yet
  bool inside_ = false;
  bool at_end_ = false;
  bool done_ = false;
  uint64_t taken_ = 0;
  uint64_t made_ = 0;
  Status failure_;
};

}  // namespace

std::unique_ptr<Decoded> OpenDecoder(ByteSource& in, Filter filter, Budget& budget,
                                     Members members) {
  auto decoder = MakeDecoder(filter, budget.bounds().decoder_memory);
  if (decoder == nullptr) return std::make_unique<Plain>(in);
  return std::make_unique<Stepped>(in, std::move(decoder), budget, members);
}

}  // namespace casepack::archive
