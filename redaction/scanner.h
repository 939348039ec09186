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
#include <vector>

#include "redaction/engine.h"
#include "redaction/finder.h"
#include "redaction/match.h"
#include "redaction/pending.h"
#include "redaction/stream.h"
#include "redaction/tally.h"
#include "redaction/triggers.h"

namespace casepack::redaction {

class Scanner {
 public:
  using Next = std::function<void(std::string_view)>;
  static constexpr size_t kChunk = size_t{64} * 1024;

  Scanner(EnginePtr engine, FindTriggers find_triggers, Next next, Counts* counts);

  void Feed(std::string_view text);
  void Finish();
  // What followed turned out not to be text: the line that is not whole stays in here.
  void Abandon();

 private:
  void Run(bool end);
  void Step(const View& view, size_t limit);
  void Mark(size_t limit);
  void FindTriggersAt(size_t from, size_t size, TriggerBlocks* out) const;
  [[nodiscard]] size_t NextTrigger(size_t from, size_t limit) const;
  void Swallow(const View& view);
  void Look(const View& view);
  void Take(const Match& match);
  void Pass(size_t to);
  void Replace(const Match& match);
  void Keep(size_t to);

  EnginePtr engine_;
  FindTriggers find_triggers_;
  Next next_;
  Tally tally_;
  Finder finder_;
  QuickLook quick_;
  Pseudonyms pseudonyms_;
  std::string buffer_;  // [behind | not yet looked at]
  std::string out_;
  std::vector<uint64_t> fresh_;  // of the buffer from triggers_from_: QuickLook::Worth
  std::vector<uint64_t> always_;
  size_t triggers_from_ = 0;
  Standing standing_;    // of the same
  size_t at_ = 0;        // the next byte to look at
  size_t written_ = 0;   // up to here the buffer has left, or was replaced
  size_t floor_ = 0;     // the end of the last replacement
  uint64_t offset_ = 0;  // of the buffer's first byte in the input
  bool first_ = true;    // nothing was looked at yet
  Pending pending_;
  std::vector<Match> finds_;  // of one place
  bool swallowing_ = false;
  Ending ending_;
};

}  // namespace casepack::redaction
