// From spool to finished file. One thread, at the end.
#pragma once

#include <string>

#include "collector/base/result.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index.h"
#include "collector/bundle/spool.h"
#include "collector/bundle/writer.h"
#include "collector/os/output.h"

namespace casepack::bundle {

struct SealPlace {
  Format format = Format::kTarGz;
  std::string folder;
  base::Timestamp created{};
};

base::Status SealBundle(Spool& spool, const SealPlace& place, const SealOptions& options,
                        Index& index, os::ByteSink& sink);

}  // namespace casepack::bundle
