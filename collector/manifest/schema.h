// What an author of manifests needs, made from the kinds' field tables. Pure.
#pragma once

#include <span>

#include "collector/base/json.h"
#include "collector/manifest/parse.h"

namespace casepack::manifest {

// JSON Schema 2020-12 of a manifest file; shipped as manifests/schema.json.
base::Json Schema(std::span<const KindFields> kinds);

}  // namespace casepack::manifest
