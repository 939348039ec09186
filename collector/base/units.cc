#include "collector/base/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>

namespace casepack::base {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kPrefixes = "KMGTPE";
constexpr uint64_t kMaximum = std::numeric_limits<uint64_t>::max();

struct Span {
  std::string_view name;
  Duration length;
};

// Longest first: "1h30m" and not "30m1h".
constexpr std::array<Span, 5> kSpans = {{
    {"d", hours(24)},
    {"h", hours(1)},
    {"m", minutes(1)},
    {"s", seconds(1)},
    {"ms", milliseconds(1)},
}};

// Takes the digits at the start of the text away; nullopt when there are none or they
// do not fit.
std::optional<uint64_t> TakeNumber(std::string_view& text) {
  uint64_t value = 0;
  const char* const begin = text.data();
  const auto [end, error] = std::from_chars(begin, begin + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - begin));
  return value;
}

std::string_view TakeLetters(std::string_view& text) {
  const size_t end = std::min(text.find_first_not_of("dhms"), text.size());
  const std::string_view letters = text.substr(0, end);
  text.remove_prefix(end);
  return letters;
}

std::optional<Duration> Times(uint64_t count, Duration length) {
  if (count > static_cast<uint64_t>(Duration::max() / length)) return std::nullopt;
  return length * static_cast<int64_t>(count);
}

int64_t Rounded(int64_t value, int64_t unit) { return (value + unit / 2) / unit; }

struct Split {
  int64_t value;
  int64_t by;
};

std::string Two(Split split, std::string_view large, std::string_view small) {
  const int64_t rest = split.value % split.by;
  std::string out = fmt::format("{} {}", split.value / split.by, large);
  if (rest != 0) out += fmt::format(" {} {}", rest, small);
  return out;
}

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// What one of it is, in bytes; nullopt when it is no unit.
std::optional<uint64_t> Factor(std::string_view unit) {
  if (unit.empty() || unit == "B") return 1;
  const size_t power = kPrefixes.find(Upper(unit.front()));
  if (power == std::string_view::npos) return std::nullopt;
  const std::string_view rest = unit.substr(1);
  if (!rest.empty() && rest != "iB" && rest != "B") return std::nullopt;
  const uint64_t step = rest == "B" ? 1000 : 1024;
  uint64_t factor = step;
  for (size_t i = 0; i < power; ++i) {
    factor *= step;
  }
  return factor;
}

}  // namespace

std::optional<uint64_t> ParseSize(std::string_view text) {
  const auto count = TakeNumber(text);
  if (!count) return std::nullopt;
  const auto factor = Factor(text);
  if (!factor || *count > kMaximum / *factor) return std::nullopt;
  return *count * *factor;
}

std::optional<Duration> ParseDuration(std::string_view text) {
  if (text.find_first_not_of("0123456789") == std::string_view::npos) {
    const auto count = TakeNumber(text);
    return count ? Times(*count, seconds(1)) : std::nullopt;
  }
  Duration total{0};
  std::span<const Span> left = kSpans;
  while (!text.empty()) {
    const auto count = TakeNumber(text);
    const std::string_view name = TakeLetters(text);
    if (!count || name.empty()) return std::nullopt;
    while (!left.empty() && left.front().name != name) {
      left = left.subspan(1);
    }
    if (left.empty()) return std::nullopt;
    const auto part = Times(*count, left.front().length);
    if (!part || *part > Duration::max() - total) return std::nullopt;
    total += *part;
    left = left.subspan(1);
  }
  return total;
}

std::string FormatSize(uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1024;
  size_t power = 0;
  // 1023.95 and above would be written "1024.0".
  while (value >= 1023.95 && power + 1 < kPrefixes.size()) {
    value /= 1024;
    ++power;
  }
  return fmt::format("{:.1f} {}iB", value, kPrefixes[power]);
}

std::string FormatDuration(Duration span) {
  const int64_t ms =
      std::chrono::duration_cast<milliseconds>(std::max(span, Duration::zero())).count();
  if (ms < 1000) return fmt::format("{} ms", ms);
  // Each unit is rounded before it is chosen: 59.96 s is "1 min", never "60.0 s".
  const int64_t tenths = Rounded(ms, 100);
  if (tenths < 600) return fmt::format("{}.{} s", tenths / 10, tenths % 10);
  const int64_t whole_seconds = Rounded(ms, 1000);
  if (whole_seconds < 3600) return Two({whole_seconds, 60}, "min", "s");
  const int64_t whole_minutes = Rounded(ms, 60'000);
  if (whole_minutes < 1440) return Two({whole_minutes, 60}, "h", "min");
  return Two({Rounded(ms, 3'600'000), 24}, "d", "h");
}

}  // namespace casepack::base
