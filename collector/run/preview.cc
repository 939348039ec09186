#include "collector/run/preview.h"

#include <algorithm>

namespace casepack::run {

PreviewResult MakePreview(const Plan& plan, const os::Host& host, const base::Deadline& deadline) {
  PreviewResult result;
  for (const PlannedItem& planned : plan.items) {
    PreviewRow row{&planned, {}, {}};
    const kinds::Context context{host, planned.item->options, planned.item->limits, deadline};
    if (!planned.skipped.key.empty()) {
      row.status = base::Status(base::Code::kRefused, planned.skipped);
    } else if (deadline.Expired()) {
      row.status = base::Status(base::Code::kTimedOut, {"run.time_limit", {}});
    } else {
      row.status = planned.kind->preview(context, row.preview);
    }
    row.preview.bytes = std::min(row.preview.bytes, planned.item->limits.max_bytes);
    result.bytes += row.preview.bytes;
    result.rows.push_back(std::move(row));
  }
  return result;
}

}  // namespace casepack::run
