#include "collector/archive/bounds.h"

#include <algorithm>

namespace casepack::archive {

using base::Code;
using base::Status;

Status Budget::Unpack(uint64_t bytes) {
  unpacked_ += bytes;
  if (unpacked_ > bounds_.max_bytes) {
    return {Code::kFull, {"archive.bounds.bytes", {{"limit", std::to_string(bounds_.max_bytes)}}}};
  }
  return Ratio(packed_, unpacked_);
}

Status Budget::Ratio(uint64_t taken, uint64_t made) const {
  if (made <= bounds_.free_bytes) return {};
  if (made / std::max<uint64_t>(1, bounds_.max_ratio) <= taken) return {};
  return {Code::kFull, {"archive.bounds.ratio", {{"limit", std::to_string(bounds_.max_ratio)}}}};
}

Status Budget::Entry() {
  if (++entries_ <= bounds_.max_entries) return {};
  return {Code::kFull,
          {"archive.bounds.entries", {{"limit", std::to_string(bounds_.max_entries)}}}};
}

}  // namespace casepack::archive
