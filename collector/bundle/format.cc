#include "collector/bundle/format.h"

#include <array>
#include <utility>

namespace casepack::bundle {
namespace {

constexpr std::array<std::pair<Format, std::string_view>, 3> kSuffixes{{
    {Format::kTarGz, ".tar.gz"},
    {Format::kTarZst, ".tar.zst"},
    {Format::kZip, ".zip"},
}};

}  // namespace

std::string_view SuffixOf(Format format) {
  return kSuffixes.at(static_cast<size_t>(format)).second;
}

std::optional<Format> FormatOfName(std::string_view name) {
  if (name.size() > 4 && name.substr(name.size() - 4) == ".tgz") return Format::kTarGz;
  for (const auto& [format, suffix] : kSuffixes) {
    if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix) {
      return format;
    }
  }
  return std::nullopt;
}

}  // namespace casepack::bundle
