// The manifests that are compiled in: manifests/**/*.json, embedded when CMake configures.
#pragma once

#include <span>
#include <string_view>

namespace casepack::manifest {

struct BuiltinFile {
  std::string_view name;  // "host/system.json"
  std::string_view text;
};

std::span<const BuiltinFile> BuiltinFiles();

}  // namespace casepack::manifest
