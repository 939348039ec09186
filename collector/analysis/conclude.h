// From what is known to causes, checklist and verdict, by the manifests' conditions. Pure.
#pragma once

#include <span>

#include "collector/analysis/known.h"
#include "collector/bundle/index.h"
#include "collector/manifest/manifest.h"

namespace casepack::analysis {

// Fills in the roles of `known` where nobody gave them, and its findings.
bundle::AnalysisRow Conclude(std::span<const manifest::Manifest> manifests, Known* known);

}  // namespace casepack::analysis
