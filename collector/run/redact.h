// `casepack redact`: a text through the rules, or an archive through them entry by entry.
// One call, one thread.
#pragma once

#include <string>

#include "collector/archive/report.h"
#include "collector/base/result.h"
#include "collector/os/output.h"
#include "collector/os/user_input.h"
#include "redaction/engine.h"

namespace casepack::run {

struct Redacted {
  bool is_archive = false;
  bool withheld = false;          // a text that turned out to be none: what came before it is out
  archive::RewriteReport report;  // of an archive; of a text its counts and sizes

  // Nothing had to be withheld, and nothing of the input was damaged.
  [[nodiscard]] bool Complete() const;
};

// Reads all of the input and commits the output. A Status where reading or writing
// failed; the output is worthless then and not committed.
base::Result<Redacted> Redact(os::UserInput& input, os::ByteSink& output,
                              const redaction::EnginePtr& engine);

}  // namespace casepack::run
