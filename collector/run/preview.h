// What a run would read and run, and how many bytes that is: found by looking at names
// and sizes alone.
#pragma once

#include <vector>

#include "collector/base/time.h"
#include "collector/kinds/kind.h"
#include "collector/os/host.h"
#include "collector/run/plan.h"

namespace casepack::run {

struct PreviewRow {
  const PlannedItem* planned = nullptr;
  kinds::Preview preview;
  base::Status status;  // kMissing: nothing of it is here; kTimedOut: not looked at
};

struct PreviewResult {
  std::vector<PreviewRow> rows;  // in the plan's order
  uint64_t bytes = 0;            // of text, before compression
};

PreviewResult MakePreview(const Plan& plan, const os::Host& host, const base::Deadline& deadline);

}  // namespace casepack::run
