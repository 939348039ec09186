// How many of how many: hosts by side, by what they are, and by when it began. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "collector/fleet/table.h"

namespace casepack::fleet {

// Which states of the engine are affected, and which are healthy; all others are unknown.
struct States {
  std::vector<std::string> affected{"offline"};
  std::vector<std::string> healthy{"online"};
};
void TakeSides(std::vector<Host>& hosts, const States& states);

struct Totals {
  uint32_t bundles = 0;
  std::array<uint32_t, kReadings> readings{};
  std::array<uint32_t, 3> sides{};         // of hosts that count, as in Side
  std::map<std::string, uint32_t> states;  // of those; "" for one that was never analysed
  [[nodiscard]] uint32_t hosts() const { return sides[0] + sides[1] + sides[2]; }
};
Totals CountTotals(const std::vector<Host>& hosts);

struct CountRow {
  std::string value;  // empty: not visible
  std::array<uint32_t, 3> sides{};
};
struct Counts {
  std::string by;              // "kernel", or the key as it was asked for
  std::vector<CountRow> rows;  // most affected first; what is not visible last
};

// By a dimension (dimensions.h; "cause": the finding that comes first), a label's name or a
// fact's key.
Counts CountBy(const Table& table, const std::string& by);
// The value by which CountBy counts this host; empty: not visible.
std::vector<std::string> ValuesBy(const Table& table, const std::string& by);

struct Onset {
  enum class Step : uint8_t { kHour, kDay, kMonth };
  Step step = Step::kDay;
  std::map<std::string, uint32_t>
      counts;  // "2026-11-22" -> affected hosts; only where there are any
  std::optional<base::Timestamp> first;
  std::optional<base::Timestamp> last;
  uint32_t not_known = 0;
};
Onset CountOnset(const std::vector<Host>& hosts);

}  // namespace casepack::fleet
