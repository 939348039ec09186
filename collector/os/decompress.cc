#include "collector/os/decompress.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "collector/os/decoders.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Status;

constexpr size_t kBuffer = 64U << 10U;
// What tells one format from another, and a further member from what does not belong to
// the stream.
constexpr size_t kMagic = 6;

bool IsZstdSkippable(std::string_view bytes) {
  return bytes.size() >= 4 && (static_cast<unsigned char>(bytes[0]) & 0xF0U) == 0x50U &&
         bytes.substr(1, 3) == "\x2A\x4D\x18";
}

// The file's bytes, with a look ahead.
class Input {
 public:
  explicit Input(File& file) : file_(file), buffer_(kBuffer) {}

  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  [[nodiscard]] bool ended() const { return ended_; }
  void Drop(size_t count) { bytes_.remove_prefix(count); }

  // At least so many bytes, unless the file ends before.
  Status Fill(size_t wanted) {
    while (bytes_.size() < wanted && !ended_) {
      if (!bytes_.empty()) std::memmove(buffer_.data(), bytes_.data(), bytes_.size());
      const std::span<char> room = std::span(buffer_).subspan(bytes_.size());
      ASSIGN_OR_RETURN(const size_t count, file_.Read(room));
      ended_ = count == 0;
      bytes_ = {buffer_.data(), bytes_.size() + count};
    }
    return {};
  }

 private:
  File& file_;
  std::vector<char> buffer_;
  std::string_view bytes_;
  bool ended_ = false;
};

class Stream {
 public:
  Stream(File& file, const std::function<bool(std::string_view)>& each)
      : input_(file), each_(each), out_(kBuffer) {}

  Status Run() {
    RETURN_IF_ERROR(input_.Fill(kMagic));
    format_ = CompressionOf(input_.bytes());
    const Decoder decoder = MakeDecoder(format_);
    if (!decoder.start) return {Code::kInvalid, {"os.decompress.unknown", {}}};
    bool more = true;
    while (more && !stopped_) {
      if (!decoder.start()) return {Code::kFailed, {"os.decompress.memory", {}}};
      RETURN_IF_ERROR(Member(decoder));
      ASSIGN_OR_RETURN(more, FurtherMember());
    }
    return {};
  }

 private:
  Status Member(const Decoder& decoder) {
    while (!stopped_) {
      RETURN_IF_ERROR(input_.Fill(1));
      DecodeBuffers buffers{input_.bytes(), out_};
      const DecodeStep step = decoder.decode(buffers);
      const size_t taken = input_.bytes().size() - buffers.in.size();
      const size_t given = out_.size() - buffers.out.size();
      input_.Drop(taken);
      if (given > 0) stopped_ = !each_({out_.data(), given});
      if (step == DecodeStep::kMemberEnd) return {};
      if (step == DecodeStep::kTooLarge) return {Code::kRefused, {"os.decompress.memory", {}}};
      // No progress: it waits for bytes that the file does not have.
      const bool stuck = taken == 0 && given == 0;
      if (step == DecodeStep::kDamaged || stuck) return Damaged();
    }
    return {};
  }

  Status Damaged() const {
    if (input_.ended() && input_.bytes().empty()) {
      return {Code::kInvalid, {"os.decompress.cut_short", {}}};
    }
    return {Code::kInvalid, {"os.decompress.damaged", {}}};
  }

  // Zeros behind the last member are padding.
  base::Result<bool> FurtherMember() {
    if (stopped_) return false;
    while (true) {
      RETURN_IF_ERROR(input_.Fill(kMagic));
      const size_t zeros = input_.bytes().find_first_not_of('\0');
      if (zeros == 0) break;
      input_.Drop(std::min(zeros, input_.bytes().size()));
      if (input_.bytes().empty() && input_.ended()) return false;
    }
    const bool skippable = format_ == "zstd" && IsZstdSkippable(input_.bytes());
    if (skippable || CompressionOf(input_.bytes()) == format_) return true;
    return Status(Code::kInvalid, {"os.decompress.trailing", {}});
  }

  Input input_;
  const std::function<bool(std::string_view)>& each_;
  std::vector<char> out_;
  std::string_view format_;
  bool stopped_ = false;
};

}  // namespace

std::string_view CompressionOf(std::string_view first_bytes) {
  const auto starts = [&](std::string_view magic) {
    return first_bytes.substr(0, magic.size()) == magic;
  };
  if (starts("\x1F\x8B\x08")) return "gzip";
  if (starts(std::string_view("\xFD"
                              "7zXZ\0",
                              6))) {
    return "xz";
  }
  if (starts("\x28\xB5\x2F\xFD")) return "zstd";
  const bool level = first_bytes.size() > 3 && first_bytes[3] >= '1' && first_bytes[3] <= '9';
  if (starts("BZh") && level) return "bzip2";
  return {};
}

Status Decompress(File& file, const std::function<bool(std::string_view)>& each) {
  RETURN_IF_ERROR(file.Seek(0));
  return Stream(file, each).Run();
}

}  // namespace casepack::os
