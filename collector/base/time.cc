#include "collector/base/time.h"

#include <fmt/format.h>

namespace casepack::base {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::seconds;
using std::chrono::year_month_day;

constexpr auto kFirstSecond = std::chrono::ceil<seconds>(Timestamp::min());
constexpr auto kLastSecond = floor<seconds>(Timestamp::max());

std::string Format(Timestamp time, const char* pattern) {
  // Whole seconds first: the midnight before the first Timestamp is not a Timestamp.
  const auto whole = floor<seconds>(time);
  const auto day = floor<days>(whole);
  const year_month_day date(day);
  const hh_mm_ss clock(whole - day);
  return fmt::format(fmt::runtime(pattern), static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<int> Digits(std::string_view text, size_t from, size_t count) {
  int value = 0;
  for (const char c : text.substr(from, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Deadline Deadline::After(Duration span, const StopFlag* stop) {
  const auto now = std::chrono::steady_clock::now();
  const bool endless = span >= Instant::max() - now;
  return {endless ? Instant::max() : now + span, stop};
}

bool Deadline::Expired() const { return Remaining() == Duration::zero(); }

Duration Deadline::Remaining() const {
  if (stop != nullptr && stop->raised()) return Duration::zero();
  if (at == Instant::max()) return Duration::max();
  const auto now = std::chrono::steady_clock::now();
  return now >= at ? Duration::zero() : Duration(at - now);
}

std::string FormatUtc(Timestamp time) {
  return Format(time, "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z");
}

std::string FormatUtcCompact(Timestamp time) {
  return Format(time, "{:04}{:02}{:02}T{:02}{:02}{:02}Z");
}

std::optional<Timestamp> ParseUtc(std::string_view text) {
  if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text[19] != 'Z') {
    return std::nullopt;
  }
  const auto year = Digits(text, 0, 4);
  const auto month = Digits(text, 5, 2);
  const auto day = Digits(text, 8, 2);
  const auto hour = Digits(text, 11, 2);
  const auto minute = Digits(text, 14, 2);
  const auto second = Digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const year_month_day date{std::chrono::year(*year),
                            std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const std::chrono::sys_seconds whole = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                                         std::chrono::minutes(*minute) + seconds(*second);
  // Nanoseconds reach from 1677 to 2262 only.
  if (whole < kFirstSecond || whole > kLastSecond) return std::nullopt;
  return whole;
}

}  // namespace casepack::base
