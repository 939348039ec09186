// What an analysis reads: a bundle's rows, and its members by their row. From a run that is
// about to be sealed or from a bundle that was opened, so both give the same result.
#pragma once

#include <functional>
#include <string_view>

#include "collector/base/result.h"
#include "collector/bundle/index.h"

namespace casepack::analysis {

using ByteSink = std::function<bool(std::string_view)>;  // false: enough

struct Content {
  const std::vector<bundle::ItemRow>* items = nullptr;
  std::function<base::Status(const bundle::MemberRow&, const ByteSink&)> read;
};

}  // namespace casepack::analysis
