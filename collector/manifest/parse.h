// JSON text -> Manifest, with all of its problems and not just the first. Pure functions
// over bytes: the caller reads files. Any thread.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/manifest/field.h"
#include "collector/manifest/manifest.h"
#include "collector/manifest/problem.h"

namespace casepack::manifest {

// What the parser must know of a kind: it knows no kind by itself.
struct KindFields {
  std::string_view name;
  std::span<const Field> fields;
  Limits defaults;
};

struct Parsed {
  Manifest manifest;              // what could be understood
  std::vector<Problem> problems;  // none: the manifest is good
  // Where the ids stand, for problems between manifests.
  base::Place id_place;
  std::map<std::string, base::Place, std::less<>> item_places;
};

// `file` is the name that problems carry.
Parsed Parse(std::string_view file, std::string_view text, std::span<const KindFields> kinds);

// Problems between manifests: an id of an item, or of a manifest that has items, used
// twice. The later one is named. `files` in the order of `manifests`.
std::vector<Problem> CheckTogether(std::span<const Parsed> manifests,
                                   std::span<const std::string> files);

}  // namespace casepack::manifest
