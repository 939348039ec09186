#include "collector/records/zone_mark.h"

namespace casepack::records {
namespace {

using std::chrono::seconds;

struct Name {
  std::string_view text;
  int hours;
};
// Names that mean one offset: RFC 5322 4.3 and those of which there is one. CST is China's
// too, IST India's, Ireland's and Israel's: what a host calls so, its own zone tells.
constexpr Name kZones[] = {{"UTC", 0},  {"GMT", 0},  {"JST", 9},  {"KST", 9},
                           {"CEST", 2}, {"CET", 1},  {"EST", -5}, {"EDT", -4},
                           {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
constexpr std::string_view kHostZones[] = {"CST", "CDT", "IST", "BST", "EET", "EEST", "WET"};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "UTC=1" and "GMT-based" are no zones.
bool EndsAt(std::string_view text, size_t end) {
  constexpr std::string_view kNoEnd = "=+-_/";
  if (end >= text.size()) return true;
  const char c = text[end];
  return !IsLetter(c) && !IsDigit(c) && kNoEnd.find(c) == std::string_view::npos;
}

std::optional<int> TwoDigits(std::string_view text, size_t at) {
  if (text.size() < at + 2 || !IsDigit(text[at]) || !IsDigit(text[at + 1])) return std::nullopt;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

ZoneMark Numeric(std::string_view text, bool strict) {
  const bool west = text.front() == '-';
  const auto hours = TwoDigits(text, 1);
  const bool colon = text.size() > 3 && text[3] == ':';
  const auto minutes = TwoDigits(text, colon ? 4 : 3);
  if (!hours || (!minutes && (strict || colon))) return {};
  const size_t end = minutes ? (colon ? 6 : 5) : 3;
  // Between -12:00 and +14:00, and all there are in quarters of an hour.
  const int sum = *hours * 60 + minutes.value_or(0);
  if (sum > (west ? 12 : 14) * 60 || sum % 15 != 0 || sum - *hours * 60 > 59) return {};
  if (end < text.size() && IsDigit(text[end])) return {};
  if (strict && west && *hours > 11) return {};
  return {end, seconds((west ? -1 : 1) * (*hours * 3600 + minutes.value_or(0) * 60))};
}

ZoneMark Named(std::string_view text) {
  if (text.front() < 'B' || text.front() > 'W') return {};
  for (const Name& zone : kZones) {
    if (!text.starts_with(zone.text)) continue;
    const std::string_view rest = text.substr(zone.text.size());
    if (EndsAt(rest, 0)) return {zone.text.size(), std::chrono::hours(zone.hours)};
    if (zone.hours != 0 || (rest.front() != '+' && rest.front() != '-')) return {};
    const ZoneMark custom = Numeric(rest, true);  // "GMT+09:00" is Java's
    if (custom.end == 0) return {};
    return {zone.text.size() + custom.end, custom.offset};
  }
  for (const std::string_view zone : kHostZones) {
    if (text.starts_with(zone) && EndsAt(text, zone.size())) return {zone.size(), std::nullopt};
  }
  return {};
}

ZoneMark Itself(std::string_view text, bool strict) {
  if (text.empty()) return {};
  const char first = text.front();
  if (first == '+' || first == '-') return Numeric(text, strict);
  if (!strict && (first == 'Z' || first == 'z')) {
    return EndsAt(text, 1) ? ZoneMark{1, seconds(0)} : ZoneMark{};
  }
  return Named(text);
}

}  // namespace

ZoneMark ZoneMarkAt(std::string_view text) {
  const bool blank = text.starts_with(' ');
  const bool bracket = blank && text.size() > 1 && text[1] == '[';
  const size_t before = (blank ? 1U : 0U) + (bracket ? 1U : 0U);
  ZoneMark mark = Itself(text.substr(before), blank && !bracket);
  if (mark.end == 0) return {};
  mark.end += before;
  if (!bracket) return mark;
  if (mark.end >= text.size() || text[mark.end] != ']') return {};
  ++mark.end;
  return mark;
}

}  // namespace casepack::records
