// Questions about many bytes at a time, which most texts answer with no.
//
// Pure functions, any thread. Each exists once, in byte_blocks.cc, and is compiled twice:
// for every processor, and for those that HasAvx2(); the answers are the same.
#pragma once

#include <cstddef>
#include <string_view>

namespace casepack::redaction {

// Has it a byte below a blank that is no tab, line feed or carriage return, or a DEL?
bool HasOddBytes(std::string_view text);

// Is it in the shape of UTF-8 (RFC 3629: as many continuation bytes as the first one
// promises) from its first byte to its last, which is ASCII?
bool IsUtf8(std::string_view text);

// The first place from `from` on at which `BEGIN` or `Private-Lines:` stands; npos: at none.
size_t FindBlockWord(std::string_view text, size_t from);

}  // namespace casepack::redaction
