// Console exports in whichever encoding they come, as UTF-8. Pure, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casepack::analysis {

// UTF-8 with or without its mark, UTF-16 with its mark or told by its NUL bytes, and
// CP932 (Microsoft's Shift_JIS, of the older Japanese consoles). A text that is neither
// UTF-8 nor CP932 as a whole is judged line by line, since placeholders and joined files
// mix them. What belongs to none becomes U+FFFD. The result is UTF-8 without a mark, at
// most three times as long. NUL bytes are dropped: no text of ours has one.
std::string EventTextToUtf8(std::string_view bytes);

// A short text as CP932; nullopt when a character of it is not in there, or it is no UTF-8.
std::optional<std::string> EventTextToCp932(std::string_view utf8);

}  // namespace casepack::analysis
