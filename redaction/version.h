// Four numbers with dots between: an address, or the version of something? Pure functions,
// any thread.
//
// In doubt it is an address: a version that is renamed is a nuisance, an address that
// stays is a leak. What speaks for a version: what is glued behind it (`-5.el8`, `+dfsg`,
// `~rc1`), what is glued before it (`libfoo-`, `pkg_`, `>= `, an epoch), the word before
// it (`Version:`, `build`), and the lines of package managers.
#pragma once

#include <cstddef>
#include <string_view>

#include "redaction/address.h"
#include "redaction/view.h"

namespace casepack::redaction {

// `address` stands in [begin, end) of the view; no fifth number follows.
bool IsVersion(const View& view, size_t begin, size_t end, const Ipv4& address);

// Is `word`, which stands before a number with a dash, what host names made of an address
// begin with (`ip`, `dhcp`, `static`)?
bool IsAddressPrefix(std::string_view word);

}  // namespace casepack::redaction
