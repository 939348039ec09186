// Finds the names that the host knows of itself: hosts, domains, users. Pure functions,
// any thread.
#pragma once

#include <optional>

#include "redaction/identifier.h"
#include "redaction/literals.h"
#include "redaction/view.h"

namespace casepack::redaction {

// `literal` is of kind kHost, kDomain or kUser and stands at `at`, the beginning of a
// word. A host is told with the domain that it carries (`db1.example.jp`, also when only
// the domain is known), a user only as a whole word.
std::optional<IdentifierSpan> MatchKnownName(const View& view, size_t at, const Literal& literal);

// `at` is behind the `://` of a URL: the name of its host, if that has a dot and is no
// address and none of the vendor's.
std::optional<IdentifierSpan> MatchUrlHost(const View& view, size_t at);

}  // namespace casepack::redaction
