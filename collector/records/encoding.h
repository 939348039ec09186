// How wide the characters of a log are: enough to find its lines and their stamps; what
// the text means beyond ASCII is redaction's business. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casepack::records {

enum class Encoding {
  kBytes,  // ASCII, UTF-8, CP932 and others in which a line ends with the byte 0x0A
  kUtf16Le,
  kUtf16Be,
};

// By its byte-order mark, or by the zeros of ASCII in UTF-16.
Encoding EncodingOf(std::string_view first_bytes);
// Bytes of the byte-order mark that the text begins with.
size_t MarkOf(std::string_view first_bytes);
std::string_view MarkFor(Encoding encoding);
constexpr size_t WidthOf(Encoding encoding) { return encoding == Encoding::kBytes ? 1 : 2; }

// Where the line ends: the position behind its line end in `text`, which begins at the
// border of a character; npos when it does not end there.
size_t EndOfLine(Encoding encoding, std::string_view text);

// UTF-16 as UTF-8 (what is not a character as '?'); else as it is.
std::string ToUtf8(Encoding encoding, std::string_view text);
// The other way; `text` is UTF-8.
std::string FromUtf8(Encoding encoding, std::string_view text);

}  // namespace casepack::records
