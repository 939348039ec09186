// Points in time, and how long something may still take.
//
// Timestamp is wall time in UTC, for what is written down. Deadline is monotonic, for
// what is waited for: each wait in the program has one. Values; the StopFlag that a
// Deadline may point to outlives it, and may be raised from a signal handler.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace casepack::base {

using Duration = std::chrono::nanoseconds;
using Instant = std::chrono::steady_clock::time_point;
using Timestamp = std::chrono::sys_time<std::chrono::nanoseconds>;

class StopFlag {
 public:
  void Raise() { raised_.store(true, std::memory_order_release); }
  [[nodiscard]] bool raised() const { return raised_.load(std::memory_order_acquire); }

 private:
  std::atomic<bool> raised_{false};
  static_assert(std::atomic<bool>::is_always_lock_free, "raised from signal handlers");
};

struct Deadline {
  Instant at = Instant::max();
  const StopFlag* stop = nullptr;

  static Deadline After(Duration span, const StopFlag* stop = nullptr);

  // True when the time has passed or the stop flag is up.
  [[nodiscard]] bool Expired() const;
  // Never negative; zero when Expired().
  [[nodiscard]] Duration Remaining() const;
};

// RFC 3339 in UTC, whole seconds: "2026-11-22T10:02:03Z".
std::string FormatUtc(Timestamp time);
// The same for file names: "20261122T100203Z".
std::string FormatUtcCompact(Timestamp time);
// Reads what FormatUtc writes, and a leap second as the one after it. nullopt for any
// other text, and for years that a Timestamp does not reach (before 1678, after 2261).
std::optional<Timestamp> ParseUtc(std::string_view text);

}  // namespace casepack::base
