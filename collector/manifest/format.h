// What the format of a manifest fixes, for the parser and for the schema alike.
// The format itself is told in manifests/README.md. Constants.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "collector/base/json.h"
#include "collector/base/time.h"

namespace casepack::manifest {

constexpr std::string_view kVersionMember = "casepack_manifest";
constexpr int64_t kVersion = 1;
constexpr std::string_view kComment = "//";  // a member of that name is ignored

// An id becomes a folder in the bundle.
constexpr size_t kMaxIdLength = 100;
constexpr std::string_view kIdPattern = "^[a-z0-9]+([._-][a-z0-9]+)*$";
constexpr std::string_view kItemIdPattern =
    "^[a-z0-9]+([_-][a-z0-9]+)*[.][a-z0-9]+([._-][a-z0-9]+)*$";

constexpr std::string_view kPlatforms = "linux|windows";
constexpr std::string_view kConsents = "default|ask";
constexpr std::string_view kEventForms = "console|agent_log";

// Each in the order of its enumerators in fact_reader.h.
constexpr std::string_view kFactFroms = "lines|pairs|key_value|json|records|item";
constexpr std::string_view kFactGives = "value|match|count|sum|most";
constexpr std::string_view kFactTakes = "first|last";
constexpr std::string_view kFactTypes = "text|integer|number|flag";
constexpr std::string_view kFactClasses = "identity|configuration|state|version|measure|volatile";

// Both ends are allowed. The texts are for the author.
template <typename T>
struct Range {
  T least;
  T most;
  std::string_view least_text;
  std::string_view most_text;
};

constexpr Range<int64_t> kPriorityRange = {0, 100, "0", "100"};
constexpr Range<base::Duration> kTimeoutRange = {std::chrono::milliseconds(1),
                                                 std::chrono::hours(1), "1ms", "1h"};
constexpr Range<uint64_t> kMaxBytesRange = {1, 1U << 30U, "1", "1G"};
constexpr Range<int64_t> kMaxFilesRange = {1, 100'000, "1", "100000"};

// Far above any manifest that a person writes, far below what would hurt.
constexpr base::JsonLimits kJsonLimits = {.bytes = 4U << 20U, .depth = 32, .values = 200'000};

}  // namespace casepack::manifest
