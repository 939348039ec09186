// One pass from left to right over the text: finds what the rules know and replaces it.
//
// Owned by one stream, used by one thread. Memory: what is fed at once, plus kChunk and
// the rules' reach. A value longer than that is swallowed as it comes; its marker has
// left already.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "redaction/rule.h"
#include "redaction/stream.h"

namespace casepack::redaction {

class Scanner {
 public:
  using Next = std::function<void(std::string_view)>;
  static constexpr size_t kChunk = size_t{64} * 1024;

  Scanner(Next next, Counts* counts) : next_(std::move(next)), counts_(counts) {}

  void Feed(std::string_view text);
  void Finish();
  // What followed turned out not to be text: the line that is not whole stays in here.
  void Abandon();

 private:
  void Run(bool end);
  void Step(const View& view, size_t limit);
  void Swallow(const View& view);
  Found Try(const View& view, size_t at);
  void Take(const Match& match);
  void Replace(const Match& match);
  void TrimPending();
  void Keep(size_t to);

  Next next_;
  Counts* counts_;
  std::string buffer_;  // [behind | not yet looked at]
  std::string out_;
  size_t at_ = 0;        // the next byte to look at
  size_t written_ = 0;   // up to here the buffer has left, or was replaced
  size_t floor_ = 0;     // the end of the last replacement
  uint64_t offset_ = 0;  // of the buffer's first byte in the input
  bool first_ = true;    // nothing was looked at yet
  Found pending_;        // a find that begins further on; what lies before it is looked at first
  bool swallowing_ = false;
  Ending ending_;
  Memory memory_;
};

}  // namespace casepack::redaction
