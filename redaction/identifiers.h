// Finds addresses, hardware addresses, GUIDs and e-mail addresses by their shape. Pure
// functions, any thread; they decide from at most kLookBehind bytes before and kPeek bytes
// after `at`, and never look behind view.floor.
//
// Not touched: versions that look like addresses, times, netmasks, well-known addresses
// (loopback, unspecified, broadcast, multicast, documentation), class names, hashes, and
// what pseudonyms.h makes.
#pragma once

#include <optional>
#include <string_view>

#include "redaction/identifier.h"
#include "redaction/view.h"

namespace casepack::redaction {

using FoundIdentifier = std::optional<IdentifierSpan>;

// `at` is the first letter or digit of a word, or the first colon of an IPv6 address that
// begins with "::". A word begins behind a byte that is neither letter nor digit, behind
// an escape (`\n`, `%20`, `\u003d`, a terminal colour), and behind a byte that is not
// ASCII: `at` is believed. The span begins at `at`; it is the address alone (no brackets,
// prefix length, port or scope), but the whole of `4.3.2.1.in-addr.arpa`. Never kHost,
// kUser or kEmail.
FoundIdentifier MatchNumber(const View& view, size_t at);

// `at` is the "@" (or the "%40") of an e-mail address.
FoundIdentifier MatchEmail(const View& view, size_t at);

// trendmicro.com, trendmicro.co.jp and what is under them: the vendor's own, kept.
bool IsVendorHost(std::string_view host);

}  // namespace casepack::redaction
