#include "collector/records/japanese_date.h"

#include <algorithm>
#include <array>

namespace casepack::records {
namespace {

// In UTF-8, CP932 and EUC-JP. The bytes of no two of them are the same with those of
// another sign, so the text's encoding need not be known.
using Spellings = std::array<std::string_view, 3>;

constexpr std::array<Spellings, 6> kMarks{{
    {"年", "\x94\x4E", "\xC7\xAF"},
    {"月", "\x8C\x8E", "\xB7\xEE"},
    {"日", "\x93\xFA", "\xC6\xFC"},
    {"時", "\x8E\x9E", "\xBB\xFE"},
    {"分", "\x95\xAA", "\xCA\xAC"},
    {"秒", "\x95\x62", "\xC9\xC3"},
}};
constexpr std::array<Spellings, 7> kWeekdays{{
    {"日", "\x93\xFA", "\xC6\xFC"},
    {"月", "\x8C\x8E", "\xB7\xEE"},
    {"火", "\x89\xCE", "\xB2\xD0"},
    {"水", "\x90\x85", "\xBF\xE5"},
    {"木", "\x96\xD8", "\xCC\xDA"},
    {"金", "\x8B\xE0", "\xB6\xE2"},
    {"土", "\x93\x79", "\xC5\xDA"},
}};
constexpr Spellings kOfWeek{"曜日", "\x97\x6A\x93\xFA", "\xCD\xCB\xC6\xFC"};
constexpr Spellings kOpen{"（", "\x81\x69", "\xA1\xCA"};
constexpr Spellings kClose{"）", "\x81\x6A", "\xA1\xCB"};
constexpr Spellings kBeforeNoon{"午前", "\x8C\xDF\x91\x4F", "\xB8\xE1\xC1\xB0"};
constexpr Spellings kAfterNoon{"午後", "\x8C\xDF\x8C\xE3", "\xB8\xE1\xB8\xE5"};

size_t At(const Spellings& spellings, std::string_view text) {
  for (const std::string_view spelling : spellings) {
    if (text.starts_with(spelling)) return spelling.size();
  }
  return 0;
}

size_t BracketAt(char plain, const Spellings& wide, std::string_view text) {
  return text.starts_with(plain) ? 1 : At(wide, text);
}

}  // namespace

size_t DateMarkAt(DateMark mark, std::string_view text) {
  return At(kMarks.at(static_cast<size_t>(mark)), text);
}

size_t WeekdayAt(std::string_view text) {
  size_t at = BracketAt('(', kOpen, text);
  const bool open = at > 0;
  size_t day = 0;
  for (const Spellings& name : kWeekdays)
    day = std::max(day, At(name, text.substr(at)));
  if (day == 0) return 0;
  at += day;
  const size_t of_week = At(kOfWeek, text.substr(at));
  at += of_week;
  if (!open) return of_week > 0 ? at : 0;
  const size_t close = BracketAt(')', kClose, text.substr(at));
  return close > 0 ? at + close : 0;
}

HalfOfDay HalfOfDayAt(std::string_view text) {
  if (const size_t end = At(kBeforeNoon, text); end > 0) return {0, end};
  return {12, At(kAfterNoon, text)};
}

}  // namespace casepack::records
