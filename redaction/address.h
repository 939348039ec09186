// Addresses as numbers: read from every spelling, and which of them everybody has. Pure
// functions, any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casepack::redaction {

using Ipv4 = std::array<uint8_t, 4>;
using Ipv6 = std::array<uint8_t, 16>;

// The length of the address that `text` begins with, 0 when it begins with none. Octets
// are written without leading zeros, or all four with three digits. `separator` is '.' or
// '-'. What follows is no digit; anything else is the caller's to judge.
size_t ReadIpv4(std::string_view text, char separator, Ipv4* address);

// The same for IPv6 (RFC 4291 in every spelling, any case, an IPv4 tail too, no scope).
// 0 also when more follows: a ninth group, a letter, a second "::".
size_t ReadIpv6(std::string_view text, Ipv6* address);

// ::ffff:1.2.3.4, and the address in it.
bool IsMapped(const Ipv6& address);
Ipv4 MappedIpv4(const Ipv6& address);

// Loopback, unspecified, broadcast, multicast, documentation, and for IPv4 every netmask
// and wildcard mask: they say nothing about anybody.
bool IsWellKnown(const Ipv4& address);
bool IsWellKnown(const Ipv6& address);

// The ranges that pseudonyms come from: 240.0.0.0/4 and 2001:db8::/32 (or the former,
// mapped).
bool IsPseudonym(const Ipv4& address);
bool IsPseudonym(const Ipv6& address);

// 192.168/16, 172.16/12, 169.254/16: no version looks like this.
bool IsSurelyLocal(const Ipv4& address);
// One of these, or 10/8.
bool IsPrivate(const Ipv4& address);

}  // namespace casepack::redaction
