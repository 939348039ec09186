// The time around the error, and what the run knows of clocks. Values; any thread may read.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "collector/base/time.h"
#include "collector/records/zone.h"

namespace casepack::records {

struct Span {  // both ends belong to it
  base::Timestamp from = base::Timestamp::min();
  base::Timestamp to = base::Timestamp::max();

  [[nodiscard]] bool Contains(base::Timestamp time) const { return time >= from && time <= to; }
  bool operator==(const Span&) const = default;
};

// Where the zone of times without one comes from.
enum class ZoneSource { kUtc, kHost, kGiven };

constexpr std::string_view NameOf(ZoneSource source) {
  constexpr std::string_view kNames[] = {"utc", "host", "given"};
  return kNames[static_cast<size_t>(source)];
}

struct Window {
  Span span;
  base::Timestamp error{};  // within the span
  std::shared_ptr<const Zone> zone = std::make_shared<const Zone>();
  ZoneSource zone_source = ZoneSource::kUtc;
  std::string zone_name = "UTC";  // "Asia/Tokyo", "+09:00"
};

}  // namespace casepack::records
