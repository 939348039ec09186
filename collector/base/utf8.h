// UTF-8 text: is it, make it, how wide is it on a terminal. Pure functions, any thread.
#pragma once

#include <string>
#include <string_view>

namespace casepack::base {

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text);

// Safe to show on a terminal and to put into one line: control characters (C0, DEL, C1,
// the bidirectional controls that reorder text, the Unicode line and paragraph separators)
// and bytes that are not UTF-8 become visible escapes ("\x1b", "\n", "\u202e"; a lone byte
// "\xff"). A backslash stays as it is.
std::string Visible(std::string_view text);

// At most `bytes` of it, not in the midst of a character; the rest of one that is not UTF-8
// is cut where it is.
std::string CutUtf8(std::string_view text, size_t bytes);

// Columns that the text takes in a terminal: East Asian wide and full-width characters
// two, combining marks and control characters none (Unicode UAX #11), a byte that is not
// UTF-8 one.
size_t DisplayWidth(std::string_view text);

// Padded with blanks to that many columns, or cut with an ellipsis when it is wider.
std::string FitColumns(std::string_view text, size_t columns);

}  // namespace casepack::base
