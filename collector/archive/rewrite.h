// An archive rewritten entry by entry through a filter, as an archive of the same kind:
// zip to zip, a tar behind a filter to a tar behind the same, one packed file to one
// packed file; archives in it likewise. What is no text, encrypted or nested too deeply is
// replaced by a line that says so. The input is hostile until proven otherwise: nothing of
// it reaches a disk before it went through the filter, and all it costs is bounded.
//
// Memory: about 15 MiB and what a filter takes to unpack, for each archive in an archive. One
// thread; everything passed in is lent for the call.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "collector/archive/bounds.h"
#include "collector/archive/byte_source.h"
#include "collector/archive/filter.h"
#include "collector/archive/report.h"
#include "collector/base/result.h"
#include "collector/os/output.h"
#include "redaction/stream.h"

namespace casepack::archive {

// How content and names are made safe; the layers above know.
struct Filters {
  std::function<redaction::Stream(redaction::Sink)> open;  // one for each entry
  std::function<std::string(std::string_view)> name;       // names, targets, comments
};

// Writes a well-formed archive to `out`, whatever the input is, and does not commit it. An
// input that is damaged or over a bound is not a failure: RewriteReport::whole() says so.
// kUnsupported: not an archive, nothing written. Other failures: of reading `in` or of
// writing, and what was written is worthless.
base::Result<RewriteReport> Rewrite(ByteSource& in, os::ByteSink& out, const Filters& filters,
                                    const Bounds& bounds);

}  // namespace casepack::archive
