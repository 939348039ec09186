// The Japanese words of a date, in UTF-8, CP932 and EUC-JP: 年月日 時分秒, the day of the
// week, 午前 and 午後. Each function looks at the beginning of a text. Pure, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace casepack::records {

enum class DateMark { kYear, kMonth, kDay, kHour, kMinute, kSecond };

// Its bytes; 0 when it does not stand there.
size_t DateMarkAt(DateMark mark, std::string_view text);

// "(金)", "（金）", "金曜日" and "(金曜日)": its bytes, or 0.
size_t WeekdayAt(std::string_view text);

struct HalfOfDay {
  int hours = 0;   // 0 before noon, 12 behind it
  size_t end = 0;  // its bytes, or 0
};
HalfOfDay HalfOfDayAt(std::string_view text);

}  // namespace casepack::records
