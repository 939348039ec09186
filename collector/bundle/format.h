// The containers that a bundle comes in.
#pragma once

#include <optional>
#include <string_view>

#include "collector/base/result.h"

namespace casepack::bundle {

enum class Format { kTarGz, kTarZst, kZip };

inline constexpr std::string_view kFormatName = "casepack-bundle/1";

// Of an index's "format": "casepack-bundle/1", also with a minor version behind it. kInvalid:
// not ours; kUnsupported: a newer major one (arg format).
base::Status CheckFormatName(std::string_view format);

// By the first bytes of a file, four of them if it has so many; nullopt for another.
std::optional<Format> FormatOfBytes(std::string_view first);

// ".tar.gz"
std::string_view SuffixOf(Format format);
// By the name's end; nullopt for another.
std::optional<Format> FormatOfName(std::string_view name);

}  // namespace casepack::bundle
