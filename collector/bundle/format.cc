#include "collector/bundle/format.h"

#include <array>
#include <charconv>
#include <utility>

#include "collector/base/utf8.h"

namespace casepack::bundle {

using base::Code;
using base::Status;

namespace {

constexpr std::string_view kFamily = "casepack-bundle/";

constexpr std::array<std::pair<Format, std::string_view>, 3> kSuffixes{{
    {Format::kTarGz, ".tar.gz"},
    {Format::kTarZst, ".tar.zst"},
    {Format::kZip, ".zip"},
}};

}  // namespace

base::Status CheckFormatName(std::string_view format) {
  const Status foreign(Code::kInvalid, {"bundle.reader.not_a_bundle", {}});
  if (format.substr(0, kFamily.size()) != kFamily) return foreign;
  const std::string_view version = format.substr(kFamily.size());
  unsigned major = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), major);
  if (error != std::errc() || major == 0) return foreign;
  if (major == 1) return {};
  return {Code::kUnsupported,
          {"bundle.reader.newer", {{"format", base::Visible(format.substr(0, 64))}}}};
}

std::optional<Format> FormatOfBytes(std::string_view first) {
  if (first.substr(0, 2) == "\x1f\x8b") return Format::kTarGz;
  if (first.substr(0, 4) == "\x28\xb5\x2f\xfd") return Format::kTarZst;
  if (first.substr(0, 4) == "PK\x03\x04") return Format::kZip;
  return std::nullopt;
}

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
