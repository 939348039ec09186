#!/usr/bin/env python3
"""Makes event_cp932_table.h: python3 event_cp932.py > event_cp932_table.h

The rows are the characters themselves, so that a reader sees what he approves. They come
from Python's cp932 codec, which is Microsoft's table; tests/system/cp932_test.sh compares.
"""

LEADS = list(range(0x81, 0xA0)) + list(range(0xE0, 0xF0)) + list(range(0xFA, 0xFD))
TRAILS = [t for t in range(0x40, 0xFD) if t != 0x7F]

print("""// CP932 (Microsoft's Shift_JIS), two bytes: for each first byte its characters in the order
// of the second one, 40 to 7E and 80 to FC. A blank is none. F0 to F9 are for private use
// and follow a rule (event_encoding.cc). Made by event_cp932.py: do not edit. Constants.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace casepack::analysis {

struct Cp932Row {
  uint8_t lead;
  std::u16string_view characters;  // the blanks at its end are cut
};

// clang-format off""")
rows = []
for lead in LEADS:
    row = ""
    for trail in TRAILS:
        try:
            row += bytes([lead, trail]).decode("cp932")
        except UnicodeDecodeError:
            row += " "
    if row.strip():
        assert len(row) == 188 and '"' not in row and "\\" not in row
        rows.append(f'    {{0x{lead:02x}, u"{row.rstrip(" ")}"}},')
print(f"inline constexpr std::array<Cp932Row, {len(rows)}> kCp932Rows = {{{{")
print("\n".join(rows))
print("""}};
// clang-format on

}  // namespace casepack::analysis""")
