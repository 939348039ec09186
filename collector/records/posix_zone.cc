#include "collector/records/posix_zone.h"

namespace casepack::records {
namespace {

using std::chrono::seconds;

constexpr int64_t kDay = 86400;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<PosixZone> Read() {
    PosixZone zone;
    if (!Name() || !Offset(&zone.standard)) return std::nullopt;
    if (text_.empty()) return zone;
    zone.summer = zone.standard + std::chrono::hours(1);
    if (!Name()) return std::nullopt;
    if (!Peek(',') && !Offset(&*zone.summer)) return std::nullopt;
    if (!Take(',') || !Day(&zone.begins) || !Take(',') || !Day(&zone.ends)) return std::nullopt;
    return text_.empty() ? std::optional(zone) : std::nullopt;
  }

 private:
  [[nodiscard]] bool Peek(char c) const { return !text_.empty() && text_.front() == c; }
  bool Take(char c) {
    if (!Peek(c)) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool Name() {
    const bool quoted = Take('<');
    size_t length = 0;
    while (length < text_.size() && (quoted ? text_[length] != '>' : IsLetter(text_[length])))
      ++length;
    if (length < 3) return false;
    text_.remove_prefix(length);
    return !quoted || Take('>');
  }

  static bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

  bool Number(int most, int* value) {
    if (text_.empty() || text_.front() < '0' || text_.front() > '9') return false;
    int sum = 0;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      sum = sum * 10 + (text_.front() - '0');
      if (sum > most) return false;
      text_.remove_prefix(1);
    }
    *value = sum;
    return true;
  }

  // hh[:mm[:ss]], perhaps signed.
  bool Time(int* value) {
    const int sign = Take('-') ? -1 : (Take('+'), 1);
    int hours = 0;
    int minutes = 0;
    int rest = 0;
    if (!Number(167, &hours)) return false;
    if (Take(':') && !Number(59, &minutes)) return false;
    if (Take(':') && !Number(59, &rest)) return false;
    *value = sign * (hours * 3600 + minutes * 60 + rest);
    return true;
  }

  // POSIX counts west of UTC.
  bool Offset(seconds* east) {
    int west = 0;
    if (!Time(&west)) return false;
    *east = seconds(-west);
    return true;
  }

  bool Day(PosixZone::Day* day) {
    using How = PosixZone::Day::How;
    if (Take('M')) {
      day->how = How::kMonthWeekDay;
      if (!Number(12, &day->month) || !Take('.') || !Number(5, &day->week) || !Take('.') ||
          !Number(6, &day->day) || day->month < 1 || day->week < 1) {
        return false;
      }
    } else {
      day->how = Take('J') ? How::kJulian : How::kDayOfYear;
      if (!Number(365, &day->day)) return false;
    }
    return !Take('/') || Time(&day->seconds);
  }

  std::string_view text_;
};

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;

int64_t DaysOf(sys_days date) { return date.time_since_epoch().count(); }

// When the clocks change in that year, on the clock itself.
int64_t ChangeIn(int of_year, const PosixZone::Day& rule) {
  using How = PosixZone::Day::How;
  const year y(of_year);
  int64_t days = 0;
  if (rule.how == How::kMonthWeekDay) {
    const month m(static_cast<unsigned>(rule.month));
    const weekday w(static_cast<unsigned>(rule.day));
    days = rule.week == 5 ? DaysOf(sys_days(y / m / w[std::chrono::last]))
                          : DaysOf(sys_days(y / m / w[static_cast<unsigned>(rule.week)]));
  } else {
    days = DaysOf(sys_days(y / 1 / 1)) + rule.day;
    // J60 is March 1st in every year.
    if (rule.how == How::kJulian && !(y.is_leap() && rule.day >= 60)) --days;
  }
  return days * kDay + rule.seconds;
}

int YearOf(int64_t utc_seconds) {
  const auto date =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(seconds(utc_seconds)));
  return static_cast<int>(std::chrono::year_month_day(date).year());
}

}  // namespace

seconds PosixZone::OffsetAt(int64_t utc_seconds) const {
  if (!summer) return standard;
  const int of_year = YearOf(utc_seconds + standard.count());
  const int64_t begin = ChangeIn(of_year, begins) - standard.count();
  const int64_t end = ChangeIn(of_year, ends) - summer->count();
  const bool in_summer = begin < end ? utc_seconds >= begin && utc_seconds < end
                                     : utc_seconds >= begin || utc_seconds < end;
  return in_summer ? *summer : standard;
}

std::optional<PosixZone> ParsePosixZone(std::string_view text) { return Reader(text).Read(); }

}  // namespace casepack::records
