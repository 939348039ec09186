// The zone as it stands behind a time of the day: "Z", "+09:00", " +0900", " [+0900]", "JST",
// "GMT+09:00". Pure functions, any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace casepack::records {

struct ZoneMark {
  size_t end = 0;                              // its bytes, the blank before it too; 0: none
  std::optional<std::chrono::seconds> offset;  // east of UTC; none: the host's own, "CST"
};

// At the beginning of the text. Behind a blank it is told more strictly, since a message
// may begin so: "-12 items", "-1200 items" and "utc=1" are no zones.
ZoneMark ZoneMarkAt(std::string_view text);

}  // namespace casepack::records
