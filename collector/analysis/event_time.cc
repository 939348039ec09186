#include "collector/analysis/event_time.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>

namespace casepack::analysis {
namespace {

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2199;
constexpr int64_t kLastSecond = 7'258'118'399;  // of that year, since 1970

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Reads a text from the left. Each Take is all or nothing.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool Take(std::string_view what) {
    if (rest_.substr(0, what.size()) != what) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  // Also the blanks that Java and Japanese texts put there.
  void SkipBlanks() {
    while (Take(" ") || Take("\t") || Take("\u00a0") || Take("\u202f") || Take("\u3000")) {
    }
  }

  // Up to nine digits; `*count` of them. -1 where there are none, or more.
  int TakeNumber(size_t* count) {
    size_t n = 0;
    int value = 0;
    while (n < rest_.size() && IsDigit(rest_[n])) {
      if (++n > 9) return -1;
      value = value * 10 + (rest_[n - 1] - '0');
    }
    *count = n;
    if (n == 0) return -1;
    rest_.remove_prefix(n);
    return value;
  }

  int TakeNumber(size_t least, size_t most) {
    const Reader before = *this;
    size_t count = 0;
    const int value = TakeNumber(&count);
    if (value >= 0 && count >= least && count <= most) return value;
    *this = before;
    return -1;
  }

  std::string TakeWord() {  // ASCII letters, in lower case
    std::string word;
    while (!rest_.empty() && IsLetter(rest_.front()) && word.size() < 12) {
      word += Lower(rest_.front());
      rest_.remove_prefix(1);
    }
    return word;
  }

 private:
  std::string_view rest_;
};

enum class Half { kNone, kMorning, kAfternoon };

struct Parts {
  int year = -1;
  int month = -1;
  int day = -1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::chrono::nanoseconds fraction{0};
  Half half = Half::kNone;
  // Two or three numbers around "/" whose order is not yet known.
  std::array<int, 3> open = {-1, -1, -1};
};

int MonthOf(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (word == "sept") return 9;
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (word == kMonths[i] || word == kMonths[i].substr(0, 3)) return static_cast<int>(i) + 1;
  }
  return -1;
}

// "May 13, 2025"
bool TakeMonthDayYear(Reader& in, Parts& parts) {
  parts.month = MonthOf(in.TakeWord());
  if (parts.month < 0) return false;
  in.Take(".");
  in.SkipBlanks();
  parts.day = in.TakeNumber(1, 2);
  in.Take(",");
  in.SkipBlanks();
  parts.year = in.TakeNumber(4, 4);
  return parts.day >= 0 && parts.year >= 0;
}

// Behind the day: " May 2025", "-May-2025".
bool TakeMonthYear(Reader& in, Parts& parts) {
  in.Take("-");
  parts.month = MonthOf(in.TakeWord());
  in.Take(".");
  in.Take(",");
  in.Take("-");
  in.SkipBlanks();
  parts.year = in.TakeNumber(4, 4);
  return parts.month >= 0 && parts.year >= 0;
}

// Behind the first number: "年5月13日".
bool TakeJapaneseDate(Reader& in, Parts& parts, int year) {
  parts.year = year;
  in.SkipBlanks();
  parts.month = in.TakeNumber(1, 2);
  if (parts.month < 0 || !in.Take("月")) return false;
  in.SkipBlanks();
  parts.day = in.TakeNumber(1, 2);
  return parts.day >= 0 && in.Take("日");
}

// Behind the first number, three numbers with one mark between them.
bool TakeNumericDate(Reader& in, Parts& parts, int first, size_t digits) {
  const char mark = in.peek();
  if (mark != '-' && mark != '/' && mark != '.') return false;
  const std::string_view separator = mark == '-' ? "-" : mark == '/' ? "/" : ".";
  in.Take(separator);
  const int second = in.TakeNumber(1, 2);
  if (second < 0 || !in.Take(separator)) return false;
  size_t last_digits = 0;
  const int third = in.TakeNumber(&last_digits);
  if (digits == 4 && last_digits <= 2) {
    parts.year = first;
    parts.month = second;
    parts.day = third;
    return third >= 0;
  }
  if (digits > 2 || third < 0 || (last_digits != 2 && last_digits != 4)) return false;
  if (mark == '.') {  // day first wherever dates are written with dots
    parts.day = first;
    parts.month = second;
    parts.year = last_digits == 4 ? third : 2000 + third;
    return true;
  }
  if (mark == '-' && last_digits == 2) return false;
  parts.open = {first, second, third};
  return true;
}

bool TakeDate(Reader& in, Parts& parts) {
  if (IsLetter(in.peek())) return TakeMonthDayYear(in, parts);
  size_t digits = 0;
  const int first = in.TakeNumber(&digits);
  if (first < 0) return false;
  if (digits == 4 && in.Take("年")) return TakeJapaneseDate(in, parts, first);
  if (digits <= 2) {
    Reader ahead = in;
    ahead.SkipBlanks();
    ahead.Take("-");
    if (IsLetter(ahead.peek())) {
      in.SkipBlanks();
      parts.day = first;
      return TakeMonthYear(in, parts);
    }
  }
  return TakeNumericDate(in, parts, first, digits);
}

void TakeHalf(Reader& in, Parts& parts) {
  if (parts.half != Half::kNone) return;
  Reader ahead = in;
  ahead.SkipBlanks();
  if (ahead.Take("午前")) {
    parts.half = Half::kMorning;
  } else if (ahead.Take("午後")) {
    parts.half = Half::kAfternoon;
  } else {
    std::string word = ahead.TakeWord();
    if (word.size() == 1 && ahead.Take(".") && IsLetter(ahead.peek())) {  // a.m.
      word += ahead.TakeWord();
      ahead.Take(".");
    }
    if (word != "am" && word != "pm") return;
    parts.half = word == "am" ? Half::kMorning : Half::kAfternoon;
  }
  in = ahead;
}

// Behind whole seconds; no more than nanoseconds.
bool TakeFraction(Reader& in, Parts& parts) {
  const bool marked = in.Take(".") || in.Take(",") || in.Take(":");
  if (!marked) return true;
  size_t digits = 0;
  int64_t value = in.TakeNumber(&digits);
  if (value < 0) return false;
  for (; digits < 9; ++digits)
    value *= 10;
  parts.fraction = std::chrono::nanoseconds(value);
  return true;
}

bool TakeClock(Reader& in, Parts& parts) {
  parts.hour = in.TakeNumber(1, 2);
  const bool japanese = in.Take("時");
  if (parts.hour < 0 || (!japanese && !in.Take(":"))) return false;
  in.SkipBlanks();
  parts.minute = in.TakeNumber(1, 2);
  if (parts.minute < 0) return false;
  if (japanese) {
    if (!in.Take("分")) return false;
    in.SkipBlanks();
    parts.second = in.TakeNumber(1, 2);
    if (parts.second < 0) {
      parts.second = 0;
      return true;
    }
    return in.Take("秒");
  }
  if (!in.Take(":")) return true;
  parts.second = in.TakeNumber(2, 2);
  return parts.second >= 0 && TakeFraction(in, parts);
}

// "+09:00", "+0900", "+9". nullopt when it is none.
std::optional<std::chrono::minutes> TakeOffset(Reader& in) {
  const bool minus = in.Take("-");
  if (!minus && !in.Take("+")) return std::nullopt;
  size_t digits = 0;
  const int number = in.TakeNumber(&digits);
  if (number < 0) return std::nullopt;
  int hours = number;
  int minutes = 0;
  if (digits == 4) {
    hours = number / 100;
    minutes = number % 100;
  } else if (digits > 2) {
    return std::nullopt;
  } else if (in.Take(":")) {
    minutes = in.TakeNumber(2, 2);
  }
  if (hours > 18 || minutes < 0 || minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(hours * 60 + minutes);
  return minus ? -offset : offset;
}

struct Zone {
  bool good = true;
  bool known = false;
  std::chrono::minutes offset{0};
};

Zone TakeNamedZone(Reader& in) {
  const std::string word = in.TakeWord();
  if (word == "jst") return {true, true, std::chrono::hours(9)};
  if (word == "z") return {true, true, {}};
  // "CST" is Chicago or Shanghai: the clock's time is all that is known.
  if (word != "utc" && word != "gmt") return {word.size() >= 2 && word.size() <= 5, false, {}};
  if (in.peek() != '+' && in.peek() != '-') return {true, true, {}};
  const auto offset = TakeOffset(in);
  return {offset.has_value(), true, offset.value_or(std::chrono::minutes(0))};
}

Zone TakeZone(Reader& in) {
  in.SkipBlanks();
  if (in.empty()) return {};
  const bool framed = in.Take("[") || in.Take("(");
  Zone zone;
  if (in.peek() == '+' || in.peek() == '-') {
    const auto offset = TakeOffset(in);
    zone = {offset.has_value(), true, offset.value_or(std::chrono::minutes(0))};
  } else {
    zone = TakeNamedZone(in);
  }
  if (framed && !in.Take("]") && !in.Take(")")) zone.good = false;
  in.SkipBlanks();
  if (!in.empty()) zone.good = false;
  return zone;
}

// Year first where the year has two digits, as the Japanese console writes it; month
// first with AM or PM; else only what cannot be anything else.
bool SettleOrder(Parts& parts) {
  const auto [first, second, third] = parts.open;
  if (first < 0) return true;
  parts.year = third > 99 ? third : 2000 + third;
  parts.month = first;
  parts.day = second;
  if (parts.half != Half::kNone || (third > 99 && second > 12)) return true;
  if (third > 99) {
    parts.day = first;
    parts.month = second;
    return first > 12 || first == second;
  }
  parts.year = 2000 + first;
  parts.month = second;
  parts.day = third;
  return true;
}

bool SettleHalf(Parts& parts) {
  if (parts.half == Half::kNone) return parts.hour <= 23;
  // Japanese clocks also say 午後0時, and some writers 午後13時.
  if (parts.hour > 23 || (parts.half == Half::kMorning && parts.hour > 12)) return false;
  if (parts.half == Half::kMorning && parts.hour == 12) parts.hour = 0;
  if (parts.half == Half::kAfternoon && parts.hour < 12) parts.hour += 12;
  return true;
}

std::optional<EventTime> FromParts(Parts parts, const Zone& zone) {
  using namespace std::chrono;  // NOLINT(google-build-using-namespace): one function
  if (!SettleOrder(parts) || !SettleHalf(parts)) return std::nullopt;
  if (parts.year < kFirstYear || parts.year > kLastYear || parts.month < 1 || parts.day < 1)
    return std::nullopt;
  const year_month_day date{year(parts.year), month(static_cast<unsigned>(parts.month)),
                            day(static_cast<unsigned>(parts.day))};
  if (!date.ok() || parts.minute > 59 || parts.second > 60) return std::nullopt;
  const base::Timestamp clock = sys_days(date) + hours(parts.hour) + minutes(parts.minute) +
                                seconds(parts.second) + parts.fraction;
  return EventTime{clock - zone.offset, zone.known};
}

// Digits only: ten are seconds, thirteen milliseconds.
std::optional<EventTime> FromEpoch(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits != 10 && digits != 13) return std::nullopt;
  int64_t value = 0;
  for (const char c : text.substr(0, digits))
    value = value * 10 + (c - '0');
  if (value / (digits == 10 ? 1 : 1000) > kLastSecond) return std::nullopt;
  std::chrono::nanoseconds since = digits == 10
                                       ? std::chrono::nanoseconds(std::chrono::seconds(value))
                                       : std::chrono::nanoseconds(std::chrono::milliseconds(value));
  if (digits < text.size()) {
    Reader in(text.substr(digits));
    Parts parts;
    if (digits == 13 || !TakeFraction(in, parts) || !in.empty()) return std::nullopt;
    since += parts.fraction;
  }
  return EventTime{base::Timestamp(since), true};
}

}  // namespace

std::optional<EventTime> ParseEventTime(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r' || text.back() == '\n'))
    text.remove_suffix(1);
  Reader in(text);
  in.SkipBlanks();
  if (text.size() > 64) return std::nullopt;
  if (const auto epoch = FromEpoch(text)) return epoch;
  Parts parts;
  if (!TakeDate(in, parts)) return std::nullopt;
  in.Take(",");
  if (!in.Take("T")) in.SkipBlanks();
  TakeHalf(in, parts);
  in.SkipBlanks();
  if (!TakeClock(in, parts)) return std::nullopt;
  TakeHalf(in, parts);
  const Zone zone = TakeZone(in);
  if (!zone.good) return std::nullopt;
  return FromParts(parts, zone);
}

}  // namespace casepack::analysis
