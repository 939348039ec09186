// Where text may begin behind a cut. Pure functions, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace casepack::records {

// How far to look for the start of a line behind a cut.
constexpr size_t kLineSearch = 64U << 10U;

// Could it be a line of a key's body (RFC 7468)? Nothing but base64, perhaps indented.
bool IsBase64Line(std::string_view line);
// The same for the first such line: a word of plain letters ("Killed") is none.
bool BeginsKeyRest(std::string_view line);
// The same behind a time, a name, a quote and the like, as where each line of a key was
// logged by itself: a word of 60 to 80 letters of base64 that is no digest in hexadecimal.
bool HasKeyLine(std::string_view line);

// What is left of the line is dropped, so that no value is parted from the name that tells
// that it is a secret, and so are the lines behind it that could be the rest of a private
// key whose BEGIN is cut off. A line without end is taken from its next field.
std::string_view FromLineStart(std::string_view text);

}  // namespace casepack::records
