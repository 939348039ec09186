// A time zone: from a TZif file (RFC 8536: what /etc/localtime is), a POSIX TZ text or a
// fixed offset. Our own, since a static program has no zone of the system's, and the tree
// that is looked at may have another one. Values; any thread may read.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/time.h"
#include "collector/records/posix_zone.h"

namespace casepack::records {

class Zone {
 public:
  Zone() = default;  // UTC
  static Zone Fixed(std::chrono::seconds east);
  // nullopt when the bytes are no TZif, or one that contradicts itself.
  static std::optional<Zone> FromTzif(std::string_view bytes);
  // "JST-9", "CET-1CEST,M3.5.0,M10.5.0/3"
  static std::optional<Zone> FromPosix(std::string_view text);
  // "+09:00", "+0900", "-03", "UTC", "Z", "JST"
  static std::optional<Zone> FromOffset(std::string_view text);

  // East of UTC.
  [[nodiscard]] std::chrono::seconds OffsetAt(base::Timestamp utc) const;

  // The instants that a clock on the wall may mean: two when it was set back over that
  // hour; in the hour that it was set forward over, as if it had not been.
  struct Instants {
    base::Timestamp earlier;
    base::Timestamp later;
  };
  [[nodiscard]] Instants InstantsOf(base::Timestamp clock) const;

  // Does the offset change between the two?
  [[nodiscard]] bool ChangesBetween(base::Timestamp from, base::Timestamp to) const;

 private:
  struct Change {
    int64_t at;  // seconds since 1970
    std::chrono::seconds offset;
  };
  std::chrono::seconds first_{};   // before any change
  std::vector<Change> changes_;    // ascending
  std::optional<PosixZone> rule_;  // behind the last change
};

}  // namespace casepack::records
