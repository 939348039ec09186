// The records of one log's part, as it stands in the bundle, one by one. One thread; the
// store and the zone are lent to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collector/analysis/log_store.h"
#include "collector/records/encoding.h"
#include "collector/records/format_set.h"
#include "collector/records/timeline.h"
#include "collector/records/window.h"

namespace casepack::analysis {

struct LogPart {
  std::string source;      // the log's path
  std::string member;      // its name in the bundle
  base::Timestamp near{};  // a time of it: for years that are not there
};

// Feed it the member's bytes in order, in pieces of any size, then Finish.
class LogRecords {
 public:
  LogRecords(LogPart part, const records::Window& window, LogStore& store);

  void Feed(std::string_view bytes);
  void Finish();

 private:
  void FeedText(std::string_view bytes);
  void Line(std::string_view line);
  void Flush();

  static constexpr size_t kText = 1000;
  static constexpr size_t kSample = 64U << 10U;

  LogPart part_;
  const records::Window& window_;
  LogStore& store_;
  records::FormatSet formats_;
  records::Timeline timeline_;
  std::string pending_;  // until the formats are known, then of a line that is not whole
  records::Encoding encoding_ = records::Encoding::kBytes;
  std::string half_;  // of a wide character
  bool began_ = false;
  bool learned_ = false;
  bool skip_ = false;  // the rest of a line that is long enough
  uint64_t line_ = 0;
  std::optional<LogRecord> record_;
};

}  // namespace casepack::analysis
