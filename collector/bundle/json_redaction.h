// Secrets out of a JSON value before it is written: each string goes through the rules by
// itself, an array of strings as an argument vector, and what stands under a secret's name
// goes whole. Pure, any thread.
#pragma once

#include "collector/base/json.h"
#include "redaction/stream.h"

namespace casepack::bundle {

base::Json RedactJson(const redaction::EnginePtr& engine, const base::Json& value,
                      redaction::Counts* counts);

}  // namespace casepack::bundle
