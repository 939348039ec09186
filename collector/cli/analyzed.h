// A bundle that was opened and analysed, for the commands that look at one or two. One
// thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "collector/analysis/analyze.h"
#include "collector/base/result.h"
#include "collector/manifest/manifest.h"

namespace casepack::cli {

// Each member is read through its digest: what somebody changed says nothing. kMissing: no
// such file.
base::Result<analysis::Analysis> AnalyzeBundle(const std::string& path,
                                               const std::vector<manifest::Manifest>& manifests,
                                               const std::vector<std::string>& roles);

}  // namespace casepack::cli
