#include "collector/fleet/counts.h"

#include <algorithm>
#include <unordered_map>

#include "collector/fleet/dimensions.h"

namespace casepack::fleet {
namespace {

// The later key fills what the earlier ones left open.
void FillFrom(const Table& table, const std::string& key, std::vector<std::string>* values) {
  const Column* column = table.Find(key);
  if (column == nullptr) return;
  column->ForEach([&](uint32_t row, Code code) {
    if ((*values)[row].empty()) (*values)[row] = column->text(code);
  });
}

std::string StepName(base::Timestamp time, Onset::Step step) {
  const std::string text = base::FormatUtc(time);  // 2026-11-22T10:02:03Z
  if (step == Onset::Step::kMonth) return text.substr(0, 7);
  if (step == Onset::Step::kDay) return text.substr(0, 10);
  return text.substr(0, 13) + "Z";
}

bool IsIn(const std::vector<std::string>& states, const std::string& state) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

}  // namespace

void TakeSides(std::vector<Host>& hosts, const States& states) {
  for (Host& host : hosts) {
    host.side = Side::kUnknown;
    if (IsIn(states.affected, host.state)) {
      host.side = Side::kAffected;
    } else if (IsIn(states.healthy, host.state)) {
      host.side = Side::kHealthy;
    }
  }
}

Totals CountTotals(const std::vector<Host>& hosts) {
  Totals totals;
  for (const Host& host : hosts) {
    ++totals.bundles;
    ++totals.readings.at(static_cast<size_t>(host.reading));
    if (!host.counts()) continue;
    ++totals.sides.at(static_cast<size_t>(host.side));
    ++totals.states[host.state];
  }
  return totals;
}

std::vector<std::string> ValuesBy(const Table& table, const std::string& by) {
  std::vector<std::string> values(table.hosts().size());
  if (by == "cause") {
    for (size_t row = 0; row < values.size(); ++row)
      values[row] = table.hosts()[row].top_finding;
    return values;
  }
  for (const std::string& key : KeysOf(by))
    FillFrom(table, key, &values);
  for (std::string& value : values)
    value = CountedAs(by, value);
  return values;
}

Counts CountBy(const Table& table, const std::string& by) {
  Counts counts;
  counts.by = by;
  const std::vector<std::string> values = ValuesBy(table, by);
  std::unordered_map<std::string_view, std::array<uint32_t, 3>> found;
  for (size_t row = 0; row < values.size(); ++row) {
    const Host& host = table.hosts()[row];
    if (host.counts()) ++found[values[row]].at(static_cast<size_t>(host.side));
  }
  for (const auto& [value, sides] : found)
    counts.rows.push_back({std::string(value), sides});
  std::sort(counts.rows.begin(), counts.rows.end(), [](const CountRow& a, const CountRow& b) {
    const auto rank = [](const CountRow& row) {
      return std::make_tuple(row.value.empty(), ~row.sides[0], ~(row.sides[1] + row.sides[2]),
                             std::string_view(row.value));
    };
    return rank(a) < rank(b);
  });
  return counts;
}

Onset CountOnset(const std::vector<Host>& hosts) {
  Onset onset;
  for (const Host& host : hosts) {
    if (!host.counts() || host.side != Side::kAffected) continue;
    if (!host.since) {
      ++onset.not_known;
      continue;
    }
    if (!onset.first || *host.since < *onset.first) onset.first = host.since;
    if (!onset.last || *host.since > *onset.last) onset.last = host.since;
  }
  if (!onset.first) return onset;
  const auto span = *onset.last - *onset.first;
  if (span <= std::chrono::hours(48)) onset.step = Onset::Step::kHour;
  if (span > std::chrono::hours(24 * 90)) onset.step = Onset::Step::kMonth;
  for (const Host& host : hosts) {
    if (host.counts() && host.side == Side::kAffected && host.since)
      ++onset.counts[StepName(*host.since, onset.step)];
  }
  return onset;
}

}  // namespace casepack::fleet
