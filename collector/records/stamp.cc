#include "collector/records/stamp.h"

#include <array>
#include <cstdint>

#include "collector/records/japanese_date.h"
#include "collector/records/zone_mark.h"

namespace casepack::records {
namespace {

using std::chrono::seconds;

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2261;
constexpr size_t kSkip = 256;  // how far a stamp may stand behind the beginning
constexpr size_t kWord = 24;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool IsLeap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysIn(int year, int month) {
  constexpr std::array<int, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays.at(static_cast<size_t>(month)) + (month == 2 && IsLeap(year) ? 1 : 0);
}

// Days since 1970, of the Gregorian calendar; for years from 1970 on.
int64_t DaysSince1970(int year, int month, int day) {
  constexpr std::array<int, 13> kBefore{0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const int64_t past = year - 1;
  const int64_t leaps = past / 4 - past / 100 + past / 400 - 477;
  const int leap_day = month > 2 && IsLeap(year) ? 1 : 0;
  return int64_t{365} * (year - kFirstYear) + leaps + kBefore.at(static_cast<size_t>(month)) +
         leap_day + day - 1;
}

struct Name {
  std::string_view text;
  int value;
};

constexpr Name kMonths[] = {{"jan", 1}, {"feb", 2},  {"mar", 3},  {"apr", 4},
                            {"may", 5}, {"jun", 6},  {"jul", 7},  {"aug", 8},
                            {"sep", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12}};
constexpr std::string_view kMonthTails[] = {"",  "uary", "ruary",  "ch",   "il",    "",     "e",
                                            "y", "ust",  "tember", "ober", "ember", "ember"};
constexpr Name kDays[] = {{"sun", 0}, {"mon", 1}, {"tue", 2}, {"wed", 3},
                          {"thu", 4}, {"fri", 5}, {"sat", 6}};
constexpr std::string_view kDayTails[] = {"day", "day", "sday", "nesday", "rsday", "day", "urday"};
constexpr Name kHalves[] = {{"am", 0}, {"pm", 12}, {"a.m.", 0}, {"p.m.", 12}};
constexpr std::string_view kKeys[] = {
    "\"time\":",     "\"@timestamp\":", "\"timestamp\":", "\"ts\":",     "\"date\":",
    "\"datetime\":", "\"@t\":",         "\"asctime\":",   "\"LogDate\":"};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool Read(std::string_view layout) {
    for (size_t i = 0; i < layout.size(); ++i) {
      const char c = layout[i];
      if (c == '%' && i + 1 < layout.size()) {
        if (!Code(layout[++i])) return false;
      } else if (c == ' ') {
        if (!Blanks()) return false;
      } else if (!Take(c)) {
        return false;
      }
    }
    return at_ == 0 || at_ >= text_.size() || !IsDigit(text_[at_]) || !IsDigit(text_[at_ - 1]);
  }

  [[nodiscard]] std::optional<Stamp> Result() const {
    Stamp stamp;
    stamp.end = at_;
    stamp.offset = offset_;
    if (epoch_) {
      stamp.clock = base::Timestamp(*epoch_);
      stamp.offset = seconds(0);
      return stamp;
    }
    stamp.has_year = has_year_;
    if (month_ < 1 || month_ > 12 || year_ < kFirstYear || year_ > kLastYear) return std::nullopt;
    if (day_ < 1 || day_ > DaysIn(year_, month_)) return std::nullopt;
    const int hour = half_ < 0 ? hour_ : hour_ % 12 + half_;
    if (hour_ > 23 || (half_ >= 0 && hour_ > 12) || minute_ > 59 || second_ > 60) {
      return std::nullopt;
    }
    const int64_t whole =
        DaysSince1970(year_, month_, day_) * 86400 + hour * 3600 + minute_ * 60 + second_;
    stamp.clock = base::Timestamp(seconds(whole)) + fraction_;
    return stamp;
  }

 private:
  // One code of the layout. Two switches, since one function has room for one only.
  bool Code(char code) {
    switch (code) {
      case 'Y':
        return Fixed(4, &year_) && HasYear();
      case 'y':
        return Fixed(2, &year_) && ShortYear();
      case 'm':
        return OneOrTwo(&month_);
      case 'd':
        return Day();
      case 'H':
        return OneOrTwo(&hour_);
      case 'M':
        return Fixed(2, &minute_);
      case 'S':
        return Fixed(2, &second_);
      case 'D':
        return Fixed(4, &year_) && HasYear() && Fixed(2, &month_) && Fixed(2, &day_);
      case 'h':
        return Fixed(2, &hour_) && Fixed(2, &minute_) && Fixed(2, &second_);
      default:
        return RareCode(code);
    }
  }

  bool RareCode(char code) {
    switch (code) {
      case 't':
        return Fixed(2, &hour_) && Fixed(2, &minute_);
      case 's':
        return Seconds();
      case 'f':
        return Fraction();
      case 'b':
        return Named(kMonths, kMonthTails, &month_);
      case 'a':
        return Named(kDays, kDayTails, &weekday_);
      case 'p':
        return Half();
      case 'z':
        return Zone();
      case 'T':
        return Peek(' ') ? Blanks() : Take('T') || Take('t') || Take('_');
      case 'E':
        return Epoch();
      case '[':
        return Take('[') || true;
      default:
        return Skip(code);
    }
  }

  bool Skip(char code) {
    switch (code) {
      case '<':
        return Priority();
      case '>':
        return SkipTo('[');
      case '(':
        return SkipTo('(');
      case 'w':
        return Word();
      case 'k':
        return Key();
      default:
        return JapaneseCode(code);
    }
  }

  bool JapaneseCode(char code) {
    switch (code) {
      case '1':
        return Mark(DateMark::kYear);
      case '2':
        return Mark(DateMark::kMonth);
      case '3':
        return Mark(DateMark::kDay) && Weekday();
      case '4':
        return Mark(DateMark::kHour);
      case '5':
        return OneOrTwo(&minute_) && Mark(DateMark::kMinute);
      case '6':
        return JapaneseSeconds();
      default:
        return false;
    }
  }

  bool Mark(DateMark mark) {
    const size_t length = DateMarkAt(mark, text_.substr(at_));
    at_ += length;
    if (mark != DateMark::kMinute) Blanks();
    return length > 0;
  }
  bool Weekday() {
    at_ += WeekdayAt(text_.substr(at_));
    Blanks();
    return true;
  }
  bool JapaneseSeconds() {
    const size_t before = at_;
    Blanks();
    if (OneOrTwo(&second_)) {
      const size_t length = DateMarkAt(DateMark::kSecond, text_.substr(at_));
      at_ += length;
      if (length > 0) return true;
      second_ = 0;
    }
    at_ = before;
    return true;
  }

  [[nodiscard]] bool Peek(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool Take(char c) {
    if (!Peek(c)) return false;
    ++at_;
    return true;
  }
  bool Blanks() {
    const size_t from = at_;
    while (Peek(' ') || Peek('\t'))
      ++at_;
    return at_ > from;
  }

  bool Fixed(size_t count, int* value) {
    if (text_.size() - at_ < count) return false;
    int sum = 0;
    for (size_t i = 0; i < count; ++i) {
      const char c = text_[at_ + i];
      if (!IsDigit(c)) return false;
      sum = sum * 10 + (c - '0');
    }
    at_ += count;
    *value = sum;
    return true;
  }
  bool OneOrTwo(int* value) { return Fixed(2, value) || Fixed(1, value); }
  bool Day() {
    if (Peek(' ')) ++at_;  // RFC 3164 pads it so
    return OneOrTwo(&day_);
  }
  bool HasYear() {
    has_year_ = true;
    return true;
  }
  bool ShortYear() {
    year_ += year_ < 70 ? 2000 : 1900;
    return HasYear();
  }

  bool Seconds() {
    const size_t before = at_;
    if (!Take(':') || !Fixed(2, &second_)) at_ = before;
    return true;
  }

  bool Fraction() {
    const bool colon = Peek(':');
    if (!Peek('.') && !Peek(',') && !colon) return true;
    size_t digits = 0;
    int64_t value = 0;
    while (at_ + 1 + digits < text_.size() && IsDigit(text_[at_ + 1 + digits])) {
      if (digits < 9) value = value * 10 + (text_[at_ + 1 + digits] - '0');
      ++digits;
    }
    // "10:02:03, message" and "10:02:03: message" have none.
    if (digits == 0 || (colon && digits != 3)) return true;
    for (size_t i = digits; i < 9; ++i)
      value *= 10;
    fraction_ = std::chrono::nanoseconds(value);
    at_ += 1 + digits;
    return true;
  }

  [[nodiscard]] bool Has(std::string_view lower) const {
    if (text_.size() - at_ < lower.size()) return false;
    for (size_t i = 0; i < lower.size(); ++i) {
      if (Lower(text_[at_ + i]) != lower[i]) return false;
    }
    return true;
  }

  template <size_t N, size_t M>
  bool Named(const Name (&names)[N], const std::string_view (&tails)[M], int* value) {
    for (const Name& name : names) {
      if (!Has(name.text)) continue;
      *value = name.value;
      at_ += name.text.size();
      const std::string_view tail = tails[static_cast<size_t>(name.value)];
      if (Has(tail)) at_ += tail.size();
      if (Peek('.')) ++at_;
      return at_ >= text_.size() || !IsLetter(text_[at_]);
    }
    return false;
  }

  // Without effect if what follows is none.
  bool Half() {
    const size_t before = at_;
    while (Peek(' '))
      ++at_;
    for (const std::string_view blank : {"\xE2\x80\xAF", "\xC2\xA0"}) {  // since Java 20
      if (Has(blank)) at_ += blank.size();
    }
    if (const HalfOfDay half = HalfOfDayAt(text_.substr(at_)); half.end > 0) {
      half_ = half.hours;
      at_ += half.end;
      return BlanksBeforeDigit();
    }
    for (const Name& name : kHalves) {
      if (!Has(name.text)) continue;
      const size_t end = at_ + name.text.size();
      if (end < text_.size() && IsLetter(text_[end])) continue;
      half_ = name.value;
      at_ = end;
      return true;
    }
    at_ = before;
    return true;
  }
  // "午後 1:39"
  bool BlanksBeforeDigit() {
    const size_t digit = text_.find_first_not_of(' ', at_);
    if (digit != std::string_view::npos && IsDigit(text_[digit])) at_ = digit;
    return true;
  }

  bool Zone() {
    const ZoneMark mark = ZoneMarkAt(text_.substr(at_));
    at_ += mark.end;
    offset_ = mark.offset;
    return true;
  }

  bool Epoch() {
    // From 2001 to 2096: the ten digits of the seconds begin with 1, 2 or 3.
    if (at_ >= text_.size() || text_[at_] < '1' || text_[at_] > '3') return false;
    size_t digits = 0;
    int64_t value = 0;
    while (at_ + digits < text_.size() && digits < 20 && IsDigit(text_[at_ + digits])) {
      if (digits < 19) value = value * 10 + (text_[at_ + digits] - '0');
      ++digits;
    }
    if (digits != 10 && digits != 13 && digits != 16 && digits != 19) return false;
    for (size_t i = digits; i < 19; ++i)
      value *= 10;
    at_ += digits;
    if (at_ < text_.size() && IsLetter(text_[at_])) return false;
    if (digits == 10 && !Fraction()) return false;
    epoch_ = std::chrono::nanoseconds(static_cast<int64_t>(value)) + fraction_;
    return true;
  }

  // syslog's facility and severity; RFC 5424 has a version behind it.
  bool Priority() {
    if (!Take('<')) return true;
    int number = 0;
    if (!Fixed(3, &number) && !OneOrTwo(&number)) return false;
    if (!Take('>')) return false;
    if (text_.size() - at_ > 2 && text_[at_] == '1' && text_[at_ + 1] == ' ') at_ += 2;
    return true;
  }

  bool SkipTo(char what) {
    const size_t found = text_.substr(at_, kSkip).find(what);
    if (found == std::string_view::npos) return false;
    at_ += found + 1;
    return true;
  }

  bool Word() {
    const size_t from = at_;
    while (at_ < text_.size() && at_ - from < kWord && !IsDigit(text_[at_]))
      ++at_;
    return at_ > from && at_ < text_.size() && (text_[at_ - 1] == ' ' || text_[at_ - 1] == '[');
  }

  bool Key() {
    if (!Peek('{')) return false;
    const std::string_view searched = text_.substr(0, kSkip);
    for (const std::string_view key : kKeys) {
      const size_t found = searched.find(key);
      if (found == std::string_view::npos) continue;
      at_ = found + key.size();
      while (Peek(' '))
        ++at_;
      return Take('"') || true;
    }
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
  int year_ = kNoYear;
  int month_ = 0;
  int day_ = 0;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
  int half_ = -1;  // 0: before noon, 12: after
  int weekday_ = 0;
  bool has_year_ = false;
  std::chrono::nanoseconds fraction_{};
  std::optional<seconds> offset_;
  std::optional<std::chrono::nanoseconds> epoch_;
};

}  // namespace

std::optional<Stamp> ReadStamp(std::string_view layout, std::string_view text) {
  Reader reader(text);
  if (!reader.Read(layout)) return std::nullopt;
  return reader.Result();
}

}  // namespace casepack::records
