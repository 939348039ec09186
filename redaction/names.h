// Is this the name of a secret, and how sure does it make us?
#pragma once

#include <string_view>

#include "redaction/grammar.h"

namespace casepack::redaction {

// The rule for values under this name ("database.SqlServer.password", "apiKey",
// "AWS_SESSION_TOKEN"), nullptr when the name promises nothing secret.
const NameRule* ClassifyName(std::string_view name);

}  // namespace casepack::redaction
