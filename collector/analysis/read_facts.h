// The declared facts out of a bundle's members. A pure function of what is in them.
#pragma once

#include <span>

#include "collector/analysis/content.h"
#include "collector/analysis/facts.h"
#include "collector/manifest/manifest.h"

namespace casepack::analysis {

// Readers of items that the bundle does not have give nothing. A member that cannot be read
// is as one that is not there.
Facts ReadFacts(const Content& content, std::span<const manifest::Manifest> manifests);

}  // namespace casepack::analysis
