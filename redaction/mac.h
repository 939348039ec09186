// Finds hardware addresses: `aa:bb:cc:dd:ee:ff`, `aa-bb-cc-dd-ee-ff`, `aabb.ccdd.eeff`.
// Pure functions, any thread; the contract is MatchNumber()'s.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "redaction/identifiers.h"
#include "redaction/view.h"

namespace casepack::redaction {

using Mac = std::array<uint8_t, 6>;

// `text` is a hardware address in one of the three spellings.
bool ReadMac(std::string_view text, Mac* mac);

// What a pseudonym begins with: 0e:ca, a locally administered address.
bool IsPseudonym(const Mac& mac);

// `at` is the first digit. Longer rows (fingerprints, WWNs) are no hardware addresses,
// except where one is known to stand in them: `MAC=` of netfilter, `01:` of a DHCP client,
// a DUID.
FoundIdentifier MatchMac(const View& view, size_t at);

}  // namespace casepack::redaction
