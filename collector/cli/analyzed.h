// A bundle that was opened and analysed, for the commands that look at one or two. One
// thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "collector/analysis/analyze.h"
#include "collector/base/result.h"
#include "collector/cli/parse.h"
#include "collector/manifest/manifest.h"

namespace casepack::cli {

// Each member is read through its digest: what somebody changed says nothing. kMissing: no
// such file.
base::Result<analysis::Analysis> AnalyzeBundle(const std::string& path,
                                               const std::vector<manifest::Manifest>& manifests,
                                               const std::vector<std::string>& roles,
                                               const analysis::Facts* healthy = nullptr);

// The facts of the bundle that --healthy names, nullptr where it is not given.
base::Result<std::shared_ptr<const analysis::Facts>> HealthyFacts(
    const Invocation& invocation, const std::vector<manifest::Manifest>& manifests);

}  // namespace casepack::cli
