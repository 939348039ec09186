// Files that are not text, known by their first bytes. Pure, any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace casepack::redaction {

inline constexpr size_t kMagicLength = 16;

// Is this the beginning of a file that is not text (ELF, gzip, key stores, ...)?
bool HasBinaryMagic(std::string_view head);

}  // namespace casepack::redaction
