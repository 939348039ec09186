// A bundle's content -> what follows from it. Pure: the same members and manifests give the
// same result, in the run and years later. One thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "collector/analysis/content.h"
#include "collector/analysis/facts.h"
#include "collector/base/json.h"
#include "collector/bundle/index.h"
#include "collector/manifest/manifest.h"

namespace casepack::analysis {

struct Analysis {
  bundle::AnalysisRow row;
  Facts facts;
};

// Of `index` the items, the host and the product are looked at. `roles`: given by the user;
// empty: they are found. `healthy`: the facts of a host to compare with, or nullptr.
Analysis Analyze(const bundle::Index& index, const Content& content,
                 std::span<const manifest::Manifest> manifests,
                 const std::vector<std::string>& roles, const Facts* healthy = nullptr);

// facts.json: {"key": {"value": ..., "class": "state", "member": ..., "line": 7}}
base::Json FactsJson(const Facts& facts);

}  // namespace casepack::analysis
