// The first door: lets text through and nothing else, in judged windows of 4 KiB.
//
// Owned by one stream, used by one thread. What is emitted never depends on how the input
// was cut: windows are counted in bytes of the input that are not NUL. The NUL bytes of
// UTF-16 are dropped (so its ASCII becomes readable and can be scanned), a single one
// elsewhere separates words (/proc/*/cmdline) and becomes a blank, and four or more in a
// row (a hole in a log) become the marker [NUL-bytes:N].
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace casepack::redaction {

class TextGuard {
 public:
  using Next = std::function<void(std::string_view)>;

  static constexpr size_t kWindow = 4096;
  static constexpr size_t kLargestShare = 20;  // withheld over 1/20 control characters

  explicit TextGuard(Next next) : next_(std::move(next)) {}

  void Feed(std::string_view bytes);
  void Finish();

  [[nodiscard]] bool withheld() const { return withheld_; }

 private:
  void Step(char c);
  void EndOfRun(char c);
  void Add(char c);
  void AddPlain(std::string_view text);
  void Judge();
  void JudgeStart(std::string_view* window);
  void Emit(std::string_view window, size_t counted);

  Next next_;
  std::string head_;       // the first bytes as they came, for the magic
  std::string window_;     // judged before it leaves
  size_t counted_ = 0;     // bytes of the window that come from the input
  uint64_t raw_ = 0;       // offset in the input
  uint64_t nul_run_ = 0;   // NUL bytes just seen
  uint64_t last_nul_ = 0;  // 1 + the offset of the last NUL of an earlier run
  char held_ = '\0';       // the byte after a lone NUL, until the byte after it is known
  bool lone_nul_ = false;
  bool first_window_ = true;
  bool withheld_ = false;
};

// Is this the beginning of a file that is not text (ELF, gzip, key stores, ...)?
bool HasBinaryMagic(std::string_view head);

}  // namespace casepack::redaction
