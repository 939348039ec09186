#include "collector/fleet/host.h"

namespace casepack::fleet {

const char* NameOf(Reading reading) {
  static constexpr std::array<const char*, kReadings> kNames{
      "read",      "missing", "denied", "foreign",   "broken",
      "encrypted", "newer",   "failed", "duplicate", "older"};
  return kNames.at(static_cast<size_t>(reading));
}

const char* NameOf(Side side) {
  static constexpr std::array<const char*, 3> kNames{"affected", "healthy", "unknown"};
  return kNames.at(static_cast<size_t>(side));
}

}  // namespace casepack::fleet
