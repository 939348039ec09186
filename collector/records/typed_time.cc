#include "collector/records/typed_time.h"

#include <algorithm>
#include <string>

#include "collector/base/units.h"
#include "collector/records/time_format.h"

namespace casepack::records {
namespace {

using base::Timestamp;
using std::chrono::days;
using std::chrono::floor;

// Longer is no time that somebody types.
constexpr size_t kLongest = 100;

// Wide forms (U+FF01-FF5E, U+3000) as the ones on the keyboard; blanks at the ends away.
std::string Narrow(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool three = i + 2 < text.size();
    const auto second = three ? static_cast<unsigned char>(text[i + 1]) : 0U;
    const auto third = three ? static_cast<unsigned char>(text[i + 2]) : 0U;
    if (c == 0xEF && (second == 0xBC || second == 0xBD)) {
      const unsigned wide = (second - 0xBCU) * 64 + (third - 0x80U);
      out += static_cast<char>(0x20 + wide);
      i += 2;
    } else if (c == 0xE3 && second == 0x80 && third == 0x80) {
      out += ' ';
      i += 2;
    } else if (c == 0xE2 && second == 0x88 && third == 0x92) {
      out += '-';  // U+2212, as texts are set
      i += 2;
    } else {
      out += text[i];
    }
  }
  const size_t first = out.find_first_not_of(" \t");
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(" \t") + 1 - first);
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower;
}

// What no log has, or not without its seconds.
constexpr std::string_view kTyped[] = {
    "%m/%d %p%H:%M%s%p",
    "%m-%d %p%H:%M%s%p",
    "%y-%m-%d %p%H:%M%s%p",
    "%d.%m.%Y %H:%M%s",
    "%d/%m/%Y %p%H:%M%s%p",
    "%d %b %Y %H:%M%s%p%z",
    "%D%T%t",
    "%m%2%d%3%p%H:%M%s",
    "%m%2%d%3%p%H%4%5%6",
    "%m%2%d%3%p%H%4",
    "%Y%1%m%2%d%3%p%H%4",
    "%b %d %H:%M%s%p",
};

// "11時半頃" as "11時30分"
std::string Plain(std::string text) {
  for (const std::string_view about : {"頃", "ごろ"}) {
    if (text.ends_with(about)) text.resize(text.size() - about.size());
  }
  constexpr std::string_view kHalfPast = "時半";
  const size_t half = text.find(kHalfPast);
  if (half != std::string::npos) text.replace(half, kHalfPast.size(), "時30分");
  return text;
}

struct Word {
  std::string_view text;
  int days;
};
constexpr Word kDayWords[] = {
    {"today", 0}, {"yesterday", 1}, {"今日", 0},   {"本日", 0},     {"きょう", 0},
    {"昨日", 1},  {"きのう", 1},    {"一昨日", 2}, {"おととい", 2},
};

struct Unit {
  std::string_view text;
  char letter;
};
// The longer ones first: 時間 is no 時.
constexpr Unit kUnits[] = {
    {"seconds", 's'}, {"second", 's'}, {"secs", 's'}, {"sec", 's'},   {"minutes", 'm'},
    {"minute", 'm'},  {"mins", 'm'},   {"min", 'm'},  {"hours", 'h'}, {"hour", 'h'},
    {"hrs", 'h'},     {"hr", 'h'},     {"days", 'd'}, {"day", 'd'},   {"時間", 'h'},
    {"分間", 'm'},    {"秒間", 's'},   {"日間", 'd'}, {"分", 'm'},    {"秒", 's'},
    {"日", 'd'},
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "1M" is a month or a minute.
bool HasLoneM(std::string_view text) {
  for (size_t at = text.find('M'); at != std::string_view::npos; at = text.find('M', at + 1)) {
    if (at + 1 == text.size() || text[at + 1] == ' ' || IsDigit(text[at + 1])) return true;
  }
  return false;
}

// "14:03-14:08" is no 14:03 of a zone.
bool IsRange(std::string_view text) {
  const size_t dash = text.rfind('-');
  if (dash == std::string_view::npos || dash < 4) return false;
  const auto minutes = [](std::string_view clock) {
    const auto stamp = ReadStamp("%Y-%m-%d %H:%M", "2000-01-01 " + std::string(clock));
    const bool whole = stamp && stamp->end == clock.size() + 11;
    return whole ? std::optional(stamp->clock) : std::nullopt;
  };
  std::string_view from = text.substr(0, text.find_last_not_of(' ', dash - 1) + 1);
  from.remove_prefix(from.find_last_of(" T") + 1);  // npos + 1: nothing
  std::string_view to = text.substr(dash + 1);
  to.remove_prefix(std::min(to.find_first_not_of(' '), to.size()));
  const auto begin = minutes(from);
  const auto end = minutes(to);
  return begin && end && *begin <= *end;
}

// "06/07/2026": of two numbers up to twelve nobody knows which is the month.
bool HasUnclearDate(std::string_view text) {
  const auto stamp = ReadStamp("%m/%d/%Y", text.substr(0, text.find(' ')));
  if (!stamp) return false;
  const std::chrono::year_month_day date(floor<days>(stamp->clock));
  const auto day = static_cast<unsigned>(date.day());
  return day <= 12 && day != static_cast<unsigned>(date.month());
}

// "2 hours", "2時間30分", "2h": with its units, never a bare number: of what?
std::optional<base::Duration> Length(std::string_view text) {
  std::string plain;
  if (HasLoneM(text)) return std::nullopt;
  const std::string lower = Lower(text);
  text = lower;
  while (!text.empty()) {
    const auto unit = std::find_if(std::begin(kUnits), std::end(kUnits), [&](const Unit& one) {
      return !plain.empty() && IsDigit(plain.back()) && text.starts_with(one.text);
    });
    if (unit != std::end(kUnits)) {
      plain += unit->letter;
      text.remove_prefix(unit->text.size());
    } else {
      if (text.front() != ' ') plain += text.front();
      text.remove_prefix(1);
    }
  }
  if (plain.empty() || IsDigit(plain.back())) return std::nullopt;
  return base::ParseDuration(plain);
}

// "-2h", "2 hours ago", "2時間前"
std::optional<base::Duration> Ago(std::string_view text) {
  if (text.substr(0, 1) == "-") return Length(text.substr(1));
  if (Lower(text) == "an hour ago") return std::chrono::hours(1);
  for (const std::string_view ago : {" ago", " Ago", "前"}) {
    if (text.ends_with(ago)) return Length(text.substr(0, text.size() - ago.size()));
  }
  return std::nullopt;
}

class Typed {
 public:
  Typed(Timestamp now, const Zone& zone) : now_(now), zone_(zone) {}

  [[nodiscard]] std::optional<Timestamp> Read(std::string_view text) const {
    if (Lower(text) == "now" || text == "今") return now_;
    if (const auto ago = Ago(text)) {
      const bool possible = *ago < now_.time_since_epoch();
      return possible ? std::optional(now_ - *ago) : std::nullopt;
    }
    for (const Word& word : kDayWords) {
      if (Lower(text.substr(0, word.text.size())) == word.text)
        return OnDay(text.substr(word.text.size()), word.days);
    }
    // The last time that it was so late; where its zone is another one, the day may be too.
    for (int days_ago = 0; days_ago <= 2; ++days_ago) {
      const auto time = OnDay(text, days_ago);
      if (!time) break;
      if (*time <= now_) return time;
    }
    if (const auto dated = DateOfField(text)) return Meant(dated->stamp);
    for (const std::string_view layout : kTyped) {
      const auto stamp = ReadStamp(layout, text);
      if (stamp && stamp->end == text.size()) return Meant(*stamp);
    }
    return std::nullopt;
  }

 private:
  static Stamp OnThatDay(Stamp stamp, Timestamp day) {
    stamp.clock = day + (stamp.clock - floor<days>(stamp.clock));
    return stamp;
  }

  // A time of the day, so many days ago.
  [[nodiscard]] std::optional<Timestamp> OnDay(std::string_view text, int days_ago) const {
    if (text.substr(0, 3) == "の") text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const Timestamp today = floor<days>(now_ + zone_.OffsetAt(now_));
    const std::string line = "2000-01-01 " + std::string(text);
    const bool bare = text.find(':') == std::string_view::npos;
    if (const auto stamp = ReadStamp("%Y-%m-%d %H%p", line);
        bare && stamp && stamp->end == line.size() && !IsDigit(line.back())) {
      return Meant(OnThatDay(*stamp, today - days(days_ago)));
    }
    for (const std::string_view layout :
         {"%Y-%m-%d %p%H:%M%s%f%p%z", "%Y-%m-%d %p%H%4%5%6", "%Y-%m-%d %p%H%4"}) {
      const auto stamp = ReadStamp(layout, line);
      if (!stamp || stamp->end != line.size()) continue;
      return Meant(OnThatDay(*stamp, today - days(days_ago)));
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Timestamp> Meant(const Stamp& stamp) const {
    if (!stamp.has_year) return LastYearly(stamp.clock);
    if (stamp.offset) return stamp.clock - *stamp.offset;
    return zone_.InstantsOf(stamp.clock).earlier;
  }

  // The newest such day that is not to come.
  [[nodiscard]] std::optional<Timestamp> LastYearly(Timestamp clock) const {
    const auto day = floor<days>(clock);
    const std::chrono::year_month_day date(day);
    const int newest =
        static_cast<int>(std::chrono::year_month_day(floor<days>(now_ + days(1))).year());
    for (int year = newest; year > newest - 8; --year) {
      const std::chrono::year_month_day there(std::chrono::year(year), date.month(), date.day());
      if (!there.ok()) continue;
      const Timestamp time = zone_.InstantsOf(std::chrono::sys_days(there) + (clock - day)).earlier;
      if (time <= now_ + days(1)) return time;
    }
    return std::nullopt;
  }

  Timestamp now_;
  const Zone& zone_;
};

}  // namespace

std::optional<Timestamp> ParseTypedTime(std::string_view text, Timestamp now, const Zone& zone) {
  if (text.size() > kLongest) return std::nullopt;
  const std::string narrow = Plain(Narrow(text));
  if (IsRange(narrow) || HasUnclearDate(narrow)) return std::nullopt;
  return Typed(now, zone).Read(narrow);
}

std::optional<Around> ParseAround(std::string_view text) {
  const std::string narrow = Narrow(text.substr(0, kLongest));
  std::string_view rest = narrow;
  Around around;
  bool any = false;
  bool whole = false;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    char sign = part.empty() ? ' ' : part.front();
    const bool has_sign = sign == '-' || sign == '+';
    const auto span = Length(part.substr(has_sign ? 1 : 0));
    if (!span || *span > days(3660) || whole) return std::nullopt;
    // "-2h/30m"; but of "+30m/2h" nobody knows the second.
    if (!has_sign && around.before > base::Duration::zero()) sign = '+';
    base::Duration& side = sign == '-' ? around.before : around.after;
    if (side != base::Duration::zero()) return std::nullopt;
    side = *span;
    if (sign != '-' && sign != '+') {
      if (any) return std::nullopt;
      around.before = *span;
      whole = true;
    }
    any = true;
  }
  if (around.before + around.after == base::Duration::zero()) return std::nullopt;
  return around;
}

}  // namespace casepack::records
