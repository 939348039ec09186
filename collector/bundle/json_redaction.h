// Secrets out of a JSON value before it is written: each string goes through the rules by
// itself, an array of strings as an argument vector, and what stands under a secret's name
// goes whole. Pure, any thread.
#pragma once

#include "collector/base/json.h"
#include "redaction/stream.h"

namespace casepack::bundle {

base::Json RedactJson(const redaction::EnginePtr& engine, const base::Json& value,
                      redaction::Counts* counts);

// Of facts.json: the names of facts are not looked at as a secret's, since a package may be
// called passwd and a service ssh-key. What stands under them was read from members that are
// redacted already, and each string goes through the rules once more.
base::Json RedactFactsJson(const redaction::EnginePtr& engine, const base::Json& facts,
                           redaction::Counts* counts);

}  // namespace casepack::bundle
