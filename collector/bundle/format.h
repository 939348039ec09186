// The containers that a bundle comes in.
#pragma once

#include <optional>
#include <string_view>

namespace casepack::bundle {

enum class Format { kTarGz, kTarZst, kZip };

inline constexpr std::string_view kFormatName = "casepack-bundle/1";

// ".tar.gz"
std::string_view SuffixOf(Format format);
// By the name's end; nullopt for another.
std::optional<Format> FormatOfName(std::string_view name);

}  // namespace casepack::bundle
