#include "redaction/stream.h"

#include <utility>

#include "redaction/block_filter.h"
#include "redaction/oversize_filter.h"
#include "redaction/scanner.h"
#include "redaction/text_guard.h"

namespace casepack::redaction {

// Four doors in a row; each knows only the next one.
class Stream::Impl {
 public:
  explicit Impl(Sink sink)
      : sink_(std::move(sink)),
        scanner_([this](std::string_view text) { sink_(text); }, &counts_),
        oversize_([this](std::string_view text) { scanner_.Feed(text); }, &counts_),
        blocks_([this](std::string_view text) { oversize_.Feed(text); }, &counts_),
        guard_([this](std::string_view text) { blocks_.Feed(text); }) {}
  ~Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void Feed(std::string_view bytes) {
    if (finished_) return;
    guard_.Feed(bytes);
    if (guard_.withheld()) Close();
  }

  void Finish() {
    if (finished_) return;
    guard_.Finish();
    Close();
  }

  [[nodiscard]] const Counts& counts() const { return counts_; }
  [[nodiscard]] bool withheld() const { return guard_.withheld(); }

 private:
  void Close() {
    finished_ = true;
    blocks_.Finish();
    oversize_.Finish();
    if (guard_.withheld()) {
      scanner_.Abandon();
    } else {
      scanner_.Finish();
    }
  }

  Sink sink_;
  Counts counts_;
  Scanner scanner_;
  OversizeFilter oversize_;
  BlockFilter blocks_;
  TextGuard guard_;
  bool finished_ = false;
};

Stream::Stream(Sink sink) : impl_(std::make_unique<Impl>(std::move(sink))) {}
Stream::~Stream() = default;
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;

void Stream::Feed(std::string_view bytes) { impl_->Feed(bytes); }
void Stream::Finish() { impl_->Finish(); }
const Counts& Stream::counts() const { return impl_->counts(); }
bool Stream::withheld() const { return impl_->withheld(); }

}  // namespace casepack::redaction
