// A member back out of the spool, before the bundle is sealed: the analysis reads what was
// stored, which is what a reader of the bundle will see. One thread.
#pragma once

#include <functional>
#include <string_view>

#include "collector/base/result.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index.h"
#include "collector/bundle/spool.h"

namespace casepack::bundle {

// `sink` returns false to stop. kMissing: the spool has no such member.
base::Status ReadSpooled(const Spool& spool, Format format, const MemberRow& row,
                         const std::function<bool(std::string_view)>& sink);

}  // namespace casepack::bundle
