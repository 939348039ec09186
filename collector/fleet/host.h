// One bundle of a fleet: who it is about, how that host was, and, if it could not be read, why
// not. Values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/base/message.h"
#include "collector/base/time.h"

namespace casepack::fleet {

enum class Reading : uint8_t {
  kRead,
  kMissing,    // no such file
  kDenied,     // the system does not let us
  kForeign,    // not a bundle at all
  kBroken,     // one that is damaged, cut short or hostile
  kEncrypted,  // to be decrypted first
  kNewer,      // of a format that we do not know
  kFailed,     // of a digest: collect wrote no bundle there
  kDuplicate,  // the same bundle once more
  kOlder,      // of a host of which there is a newer one: its history
};
inline constexpr size_t kReadings = 10;

// On which side of the comparison a host stands.
enum class Side : uint8_t { kAffected, kHealthy, kUnknown };

struct Host {
  std::string path;  // of the bundle; of a digest line: where it stands
  Reading reading = Reading::kRead;
  base::Message reason;  // why not kRead
  std::string name;
  std::string machine;  // its id, hashed; empty: not known
  std::string bundle_id;
  base::Timestamp created{};
  bool complete = true;
  std::string state;  // of the engine; empty: never analysed
  Side side = Side::kUnknown;
  std::optional<base::Timestamp> since;
  std::string top_finding;
  std::array<uint16_t, 7> outcomes{};  // of items, as in bundle::Outcome
  std::vector<uint32_t> history;       // older bundles of the same host, the newest first

  // Counts: read, and the newest of its host.
  [[nodiscard]] bool counts() const { return reading == Reading::kRead; }
};

// "read", "missing", "denied", …
const char* NameOf(Reading reading);
const char* NameOf(Side side);  // "affected", "healthy", "unknown"

}  // namespace casepack::fleet
