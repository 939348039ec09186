#include "redaction/stream.h"

#include <algorithm>
#include <utility>

#include "redaction/block_filter.h"
#include "redaction/encoding.h"
#include "redaction/magic.h"
#include "redaction/oversize_filter.h"
#include "redaction/scanner.h"
#include "redaction/text_guard.h"
#include "redaction/view.h"

namespace casepack::redaction {
namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";  // U+FEFF, as the decoder hands it on

}  // namespace

// Doors in a row; each knows only the next one.
class Stream::Impl {
 public:
  Impl(EnginePtr engine, Sink sink, FindTriggers find_triggers)
      : sink_(std::move(sink)),
        encoder_([this](std::string_view text) { sink_(text); }),
        scanner_(
            std::move(engine), find_triggers, [this](std::string_view text) { Redacted(text); },
            &counts_),
        oversize_([this](std::string_view text) { scanner_.Feed(text); }, &counts_),
        blocks_([this](std::string_view text) { oversize_.Feed(text); }, &counts_),
        guard_([this](std::string_view text) { blocks_.Feed(text, guard_.survey()); }),
        decoder_([this](std::string_view text) { Decoded(text); }) {}
  ~Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Feed(std::string_view bytes) {
    if (finished_) return;
    if (!judged_) {
      const std::string_view part = bytes.substr(0, kMagicLength - head_.size());
      head_.append(part);
      bytes.remove_prefix(part.size());
      if (head_.size() < kMagicLength) return;
      JudgeHead();
    }
    if (!withheld()) decoder_.Feed(bytes);
    if (withheld()) Close();
  }

  void Finish() {
    if (finished_) return;
    if (!judged_) JudgeHead();
    if (!withheld()) decoder_.Finish();
    guard_.Finish();
    Close();
  }

  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] bool withheld() const { return binary_ || guard_.withheld(); }

 private:
  void JudgeHead() {
    judged_ = true;
    binary_ = HasBinaryMagic(head_);
    if (!binary_) decoder_.Feed(head_);
  }

  void Decoded(std::string_view text) {
    if (!began_) {
      began_ = true;
      encoder_.Use(decoder_.encoding());
      if (decoder_.encoding() != Encoding::kBytes) guard_.ExpectWide();
      if (text.substr(0, kMark.size()) == kMark) {
        mark_ = kMark;  // it is no part of the first line
        text.remove_prefix(kMark.size());
      }
    }
    guard_.Feed(text, decoder_.survey());
  }

  void PassMark() {
    if (!mark_.empty()) encoder_.Feed(std::exchange(mark_, {}), false);
  }

  // What NUL bytes divided is told a line each.
  void Redacted(std::string_view text) {
    PassMark();
    if (!guard_.separated()) return encoder_.Feed(text, decoder_.escaped());
    std::string lines(text);
    std::replace(lines.begin(), lines.end(), kStringEnd, '\n');
    encoder_.Feed(lines, decoder_.escaped());
  }

  void Close() {
    finished_ = true;
    blocks_.Finish();
    oversize_.Finish();
    if (withheld()) {
      scanner_.Abandon();
    } else {
      scanner_.Finish();
    }
    if (!withheld()) PassMark();
    encoder_.Finish(withheld() ? std::string_view() : decoder_.rest());
  }

  Sink sink_;
  Counts counts_;
  Encoder encoder_;
  Scanner scanner_;
  OversizeFilter oversize_;
  BlockFilter blocks_;
  TextGuard guard_;
  Decoder decoder_;
  std::string head_;       // the first bytes as they came, for the magic
  std::string_view mark_;  // of the encoding; leaves before the first text
  bool judged_ = false;
  bool binary_ = false;
  bool began_ = false;
  bool finished_ = false;
};

Stream::Stream(EnginePtr engine, Sink sink)
    : Stream(std::move(engine), std::move(sink), BestTriggers()) {}
Stream::Stream(EnginePtr engine, Sink sink, FindTriggers find_triggers)
    : impl_(std::make_unique<Impl>(std::move(engine), std::move(sink), find_triggers)) {}
Stream::~Stream() = default;
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;

void Stream::Feed(std::string_view bytes) { impl_->Feed(bytes); }
void Stream::Finish() { impl_->Finish(); }
const Counts& Stream::counts() const { return impl_->counts(); }
bool Stream::withheld() const { return impl_->withheld(); }

}  // namespace casepack::redaction
