// Cuts the records of a time span out of a stream of lines: whole records, since a line
// without a time belongs to the record before it. Keeps no more of a line than its head,
// however long it is. One thread; formats and zone are lent to it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "collector/base/result.h"
#include "collector/records/encoding.h"
#include "collector/records/line_clock.h"
#include "collector/records/window.h"

namespace casepack::records {

struct CutCounts {
  std::optional<base::Timestamp> first;  // of the stream, in its order
  std::optional<base::Timestamp> last;
  uint64_t dated = 0;    // lines with a time
  uint64_t undated = 0;  // lines without
  uint64_t kept = 0;     // bytes
  uint64_t jumps = 0;    // how often the clock was set back
  uint64_t hidden = 0;   // lines left out where the span begins in what may be a key
  uint32_t doubts = kNoDoubt;
};

class Cutter {
 public:
  using Sink = std::function<base::Status(std::string_view)>;
  // What a stamp may be preceded by counts, too.
  static constexpr size_t kHead = 512;

  Cutter(Encoding encoding, FormatSet& formats, const Timeline& timeline, const Span& span,
         Sink sink);

  // Whether lines before the first stamp are kept: the record that they belong to is at the
  // end of the file before. Not of those that could be the rest of a key.
  void StartKept(bool kept) { keep_ = kept; }

  // The first failure of the sink, and no more is taken.
  base::Status Feed(std::string_view bytes);
  base::Status Finish();

  [[nodiscard]] bool keeping() const { return keep_; }
  [[nodiscard]] CutCounts counts() const;

 private:
  base::Status FeedAligned(std::string_view bytes);
  size_t BeginLine(std::string_view bytes, size_t at, base::Status* status);
  base::Status Give(std::string_view bytes);
  void Decide(std::string_view head);
  void HideKey(std::string_view head);
  bool Accept(std::string_view head);

  const Encoding encoding_;
  LineClock clock_;
  const Span span_;
  Sink sink_;
  CutCounts counts_;
  std::string head_;   // of a line that is not whole yet
  std::string spare_;  // half of a wide character
  bool in_line_ = false;
  bool keep_ = false;
  bool drop_line_ = false;
  bool at_edge_ = true;  // the line before was not kept
};

}  // namespace casepack::records
