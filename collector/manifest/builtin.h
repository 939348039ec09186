// What is compiled in, embedded when CMake configures: manifests/**/*.json, of which the
// event tables (events.json) are no manifests, and the rules of redaction/rules/*.json.
#pragma once

#include <span>
#include <string_view>

namespace casepack::manifest {

struct BuiltinFile {
  std::string_view name;  // "host/system.json"
  std::string_view text;
};

std::span<const BuiltinFile> BuiltinFiles();
std::span<const BuiltinFile> BuiltinEventFiles();
std::span<const BuiltinFile> BuiltinRuleFiles();

}  // namespace casepack::manifest
