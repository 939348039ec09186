// The times of a log's lines, one after the other: a format that the sample did not show is
// learned on the way. One thread; the formats are lent to it.
#pragma once

#include <optional>
#include <string_view>

#include "collector/records/format_set.h"
#include "collector/records/timeline.h"

namespace casepack::records {

class LineClock {
 public:
  LineClock(FormatSet& formats, const Timeline& timeline)
      : formats_(formats), timeline_(timeline) {}

  // Of the next line, in UTF-8 or bytes; nullopt: it has none.
  std::optional<Instant> Next(std::string_view head);

  // How often a line was more than a minute before the one before it.
  [[nodiscard]] uint64_t jumps() const { return timeline_.jumps(); }

 private:
  FormatSet& formats_;
  Timeline timeline_;
  std::optional<base::Timestamp> last_;
};

}  // namespace casepack::records
