// Where in a file a time span is, found by looking at few of its lines: the cost goes with
// the window and with the logarithm of the log. A clock that was set back is seen at the
// lines looked at, and what lies around it is taken in. One thread; all is lent to it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "collector/base/result.h"
#include "collector/records/format_set.h"
#include "collector/records/source.h"
#include "collector/records/timeline.h"
#include "collector/records/window.h"

namespace casepack::records {

// Looks at the beginning, the middle and the end.
base::Status LearnFormats(const Source& source, base::Timestamp latest, FormatSet& formats);

struct Range {
  uint64_t begin = 0;
  uint64_t end = 0;
  base::Timestamp near{};  // an instant of its neighbourhood
};

struct Located {
  std::vector<Range> ranges;             // ascending; more than the span needs, never less
  bool carried = false;                  // the first range begins before the first stamp
  std::optional<base::Timestamp> first;  // none: no line has a time
  std::optional<base::Timestamp> last;
  uint64_t jumps = 0;          // places where the clock was set back
  uint64_t read = 0;           // bytes looked at
  uint32_t doubts = kNoDoubt;  // of the stamps looked at
};

struct LocateOptions {
  base::Timestamp near{};           // when the file was changed last: for years that are not there
  bool carry = false;               // the lines before the first stamp are wanted
  uint64_t most_read = 64U << 20U;  // where more has no times, it is taken rather than searched
};

base::Result<Located> Locate(const Source& source, FormatSet& formats, const Zone& zone,
                             const Span& span, const LocateOptions& options);

}  // namespace casepack::records
