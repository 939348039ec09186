// Replaces a run of token characters longer than kLongest by [REDACTED:oversize-token].
//
// No log line needs a word of 64 KiB; a key store in base64 is one. Owned by one stream,
// used by one thread; holds back at most kLongest bytes, the run that is not yet over.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "redaction/stream.h"

namespace casepack::redaction {

class OversizeFilter {
 public:
  using Next = std::function<void(std::string_view)>;
  static constexpr size_t kLongest = size_t{64} * 1024;

  OversizeFilter(Next next, Counts* counts) : next_(std::move(next)), counts_(counts) {}

  void Feed(std::string_view text);
  void Finish();

 private:
  void EndOfRun();

  Next next_;
  Counts* counts_;
  std::string run_;  // the run at the end of what was fed
  bool dropping_ = false;
};

}  // namespace casepack::redaction
