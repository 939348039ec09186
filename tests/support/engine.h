// The engine that most tests redact with: the built-in rules, nothing renamed.
#pragma once

#include "redaction/engine.h"
#include "redaction/ruleset.h"

namespace casepack::tests {

// Made once, used by all; immutable.
const redaction::EnginePtr& TestEngine();
const std::shared_ptr<const redaction::Ruleset>& BuiltinRules();

// The same rules, and these options.
redaction::EnginePtr EngineWith(redaction::EngineOptions options);

}  // namespace casepack::tests
