// The first door: lets text through and nothing else, in judged windows of 4 KiB.
//
// Owned by one stream, used by one thread. What is emitted never depends on how the input
// was cut: windows are counted in bytes of the input that are not NUL. The NUL bytes of
// UTF-16 in the midst of other text are dropped (so its ASCII can be scanned), a single one
// elsewhere separates values (/proc/*/environ) and becomes kStringEnd (view.h), and four or more in
// a row (a hole in a log) become the marker [NUL-bytes:N].
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "redaction/byte_blocks.h"

namespace casepack::redaction {

class TextGuard {
 public:
  using Next = std::function<void(std::string_view)>;

  static constexpr size_t kWindow = 4096;
  static constexpr size_t kLargestShare = 20;   // withheld over 1/20 control characters
  static constexpr size_t kSmallestShare = 50;  // wide: withheld below 1/50 ASCII

  explicit TextGuard(Next next) : next_(std::move(next)) {}

  // The text was UTF-16, in which any bytes look like characters: hardly any ASCII in a
  // window is taken for something else.
  void ExpectWide() { wide_ = true; }

  // `survey`: of these bytes.
  void Feed(std::string_view bytes, const Survey& survey = {});
  void Finish();

  [[nodiscard]] bool withheld() const { return withheld_; }
  // Of the text that is handed on just now.
  [[nodiscard]] const Survey& survey() const { return survey_; }
  // Has it put a kStringEnd in?
  [[nodiscard]] bool separated() const { return separated_; }

 private:
  void Step(char c);
  void EndOfRun(char c);
  void AddStringEnd();
  void Add(char c);
  void AddPlain(std::string_view text);  // no more than the window has room for
  void Judge();
  [[nodiscard]] size_t PlainWindows(std::string_view text, const Survey& survey) const;
  [[nodiscard]] bool IsText(std::string_view window, size_t counted) const;

  Next next_;
  Survey survey_;
  std::string window_;     // judged before it leaves
  size_t counted_ = 0;     // bytes of the window that come from the input
  uint64_t raw_ = 0;       // offset in the input
  uint64_t nul_run_ = 0;   // NUL bytes just seen
  uint64_t last_nul_ = 0;  // 1 + the offset of the last NUL of an earlier run
  char held_ = '\0';       // the byte after a lone NUL, until the byte after it is known
  bool lone_nul_ = false;
  bool wide_ = false;
  bool separated_ = false;
  bool withheld_ = false;
};

}  // namespace casepack::redaction
