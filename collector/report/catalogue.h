// The catalogue of words as it is compiled in: collector/report/words/*.json, a file for
// each language, {"key": "text with {place}"}.
#pragma once

#include <span>
#include <string_view>

namespace casepack::report {

struct CatalogueFile {
  std::string_view name;  // "en.json"
  std::string_view text;
};

std::span<const CatalogueFile> CatalogueFiles();

}  // namespace casepack::report
