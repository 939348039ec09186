// The options of a kind as a table. From it come the check of a manifest, its JSON
// Schema, the reference for authors and the typed values in Options: a kind states its
// options once. Data only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace casepack::manifest {

enum class FieldType {
  kText,
  kTextList,  // a JSON array of strings, or one string
  kInteger,
  kSize,      // "64K", or bytes as a number
  kDuration,  // "30s", or seconds as a number
  kFlag,
  kChoice,  // one of Field::choices
};

enum class Presence { kRequired, kOptional };

struct Field {
  std::string_view name;
  FieldType type;
  Presence presence = Presence::kOptional;
  std::string_view fallback = {};  // as it would stand in the manifest, without quotes
  std::string_view choices = {};   // "head|tail"
};
// What a field means is the catalogue's "field.<kind>.<name>".

}  // namespace casepack::manifest
