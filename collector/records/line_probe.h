// Looks into a file at one place and tells the first line with a time there, so that a log
// can be searched by its times without being read. What was passed once is not read again.
// One thread; source, formats and zone are lent to it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "collector/base/result.h"
#include "collector/records/format_set.h"
#include "collector/records/source.h"
#include "collector/records/timeline.h"

namespace casepack::records {

// A line with a time.
struct Point {
  uint64_t offset = 0;
  base::Timestamp time{};
};

class LineProbe {
 public:
  // `latest`: when the file was changed last; for years that are not there. `most_read`: bytes,
  // by all looks together.
  LineProbe(const Source& source, FormatSet& formats, const Zone& zone, base::Timestamp latest,
            uint64_t most_read);

  // The first line with a time that begins at `from` or behind it; `near`: a time of its
  // neighbourhood. nullopt: there is none, or none as far as it may look: see gave_up().
  base::Result<std::optional<Point>> FirstAt(uint64_t from, base::Timestamp near);
  // The last line with a time, if it is near the end.
  base::Result<std::optional<Point>> Last();
  // The last FirstAt ended without an answer: so much has no times that it would be reading
  // the log.
  [[nodiscard]] bool gave_up() const { return gave_up_; }

  [[nodiscard]] uint64_t end() const { return end_; }    // of the data
  [[nodiscard]] uint64_t read() const { return read_; }  // bytes so far
  [[nodiscard]] uint32_t doubts() const { return doubts_; }

 private:
  using Answer = std::optional<Point>;

  [[nodiscard]] uint64_t Align(uint64_t offset) const;
  [[nodiscard]] std::optional<std::pair<uint64_t, Answer>> Known(uint64_t at) const;
  [[nodiscard]] Answer LastOf(std::string_view text, uint64_t offset);
  uint64_t Scan(std::string_view block, uint64_t offset, base::Timestamp near, bool* at_line,
                Answer* found);
  base::Timestamp InstantOf(const Stamp& stamp, base::Timestamp near);

  const Source& source_;
  FormatSet& formats_;
  const Zone& zone_;
  const base::Timestamp latest_;
  const uint64_t end_;
  const uint64_t most_read_;
  std::string buffer_;
  std::map<uint64_t, Answer> known_;  // looked from there: found this
  uint64_t read_ = 0;
  uint32_t doubts_ = kNoDoubt;
  bool gave_up_ = false;
};

}  // namespace casepack::records
