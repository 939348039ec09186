#include "redaction/address.h"

#include <algorithm>

#include "redaction/look_back.h"

namespace casepack::redaction {
namespace {

constexpr size_t kGroups = 8;
constexpr size_t kNone = static_cast<size_t>(-1);

char At(std::string_view text, size_t i) { return i < text.size() ? text[i] : '\0'; }

size_t HexRun(std::string_view text, size_t from) {
  size_t n = 0;
  while (n < 5 && IsHex(At(text, from + n)))
    ++n;
  return n;
}

uint32_t Word(const Ipv4& a) {
  return uint32_t{a[0]} << 24U | uint32_t{a[1]} << 16U | uint32_t{a[2]} << 8U | uint32_t{a[3]};
}

// What has been read of an IPv6 address.
struct Reading {
  std::array<uint16_t, kGroups> groups{};
  size_t count = 0;
  size_t gap = kNone;  // the group before which "::" stands
  size_t end = 0;
  bool dotted = false;
};

void ReadGroup(std::string_view text, size_t digits, Reading* r) {
  unsigned value = 0;
  for (size_t i = 0; i < digits; ++i)
    value = value * 16 + static_cast<unsigned>(HexValue(text[r->end + i]));
  r->groups.at(r->count++) = static_cast<uint16_t>(value);
  r->end += digits;
}

// `1.2.3.4` as the last two groups.
bool ReadDotted(std::string_view text, Reading* r) {
  if (r->count > kGroups - 2) return false;
  Ipv4 tail;
  const size_t length = ReadIpv4(text.substr(r->end), '.', &tail);
  if (length == 0) return false;
  const uint32_t word = Word(tail);
  r->groups.at(r->count++) = static_cast<uint16_t>(word >> 16U);
  r->groups.at(r->count++) = static_cast<uint16_t>(word);
  r->end += length;
  r->dotted = true;
  return true;
}

// Groups and colons as far as they go; false when there is a second "::" or a long group.
bool ReadGroups(std::string_view text, Reading* r) {
  if (At(text, 0) == ':') {
    if (At(text, 1) != ':') return false;
    r->gap = 0;
    r->end = 2;
  }
  while (r->count < kGroups) {
    const size_t digits = HexRun(text, r->end);
    if (digits == 0) break;
    if (digits > 4) return false;
    if (At(text, r->end + digits) == '.' && ReadDotted(text, r)) break;
    ReadGroup(text, digits, r);
    if (At(text, r->end) != ':') break;
    if (At(text, r->end + 1) == ':') {
      if (r->gap != kNone) return false;
      r->gap = r->count;
      r->end += 2;
    } else if (IsHex(At(text, r->end + 1))) {
      if (r->count < kGroups) ++r->end;
    } else {
      break;
    }
  }
  return true;
}

// May an address stop here?
bool IsEnd(std::string_view text, const Reading& r) {
  const char next = At(text, r.end);
  if (IsAlnum(next)) return false;
  if (next != ':' || r.dotted) return true;
  const char then = At(text, r.end + 1);
  return !IsHex(then) && then != ':' && text[r.end - 1] != ':';
}

}  // namespace

size_t ReadIpv4(std::string_view text, char separator, Ipv4* address) {
  size_t at = 0;
  size_t padded = 0;
  size_t with_zero = 0;
  for (size_t octet = 0; octet < 4; ++octet) {
    if (octet > 0 && At(text, at++) != separator) return 0;
    unsigned value = 0;
    size_t digits = 0;
    while (digits < 4 && IsDigit(At(text, at + digits)))
      value = value * 10 + static_cast<unsigned>(text[at + digits++] - '0');
    if (digits == 0 || digits > 3 || value > 255) return 0;
    with_zero += digits > 1 && text[at] == '0' ? 1 : 0;
    padded += digits == 3 ? 1 : 0;
    address->at(octet) = static_cast<uint8_t>(value);
    at += digits;
  }
  return with_zero > 0 && padded < 4 ? 0 : at;
}

size_t ReadIpv6(std::string_view text, Ipv6* address) {
  Reading r;
  if (!ReadGroups(text, &r) || r.end == 0 || !IsEnd(text, r)) return 0;
  if (r.gap == kNone ? r.count != kGroups : r.count == kGroups) return 0;
  address->fill(0);
  for (size_t i = 0; i < r.count; ++i) {
    const size_t place = r.gap == kNone || i < r.gap ? i : kGroups - r.count + i;
    address->at(place * 2) = static_cast<uint8_t>(r.groups.at(i) >> 8U);
    address->at(place * 2 + 1) = static_cast<uint8_t>(r.groups.at(i));
  }
  return r.end;
}

bool IsMapped(const Ipv6& address) {
  return std::all_of(address.begin(), address.begin() + 10, [](uint8_t b) { return b == 0; }) &&
         address[10] == 0xff && address[11] == 0xff;
}

Ipv4 MappedIpv4(const Ipv6& address) {
  return {address[12], address[13], address[14], address[15]};
}

bool IsWellKnown(const Ipv4& a) {
  if (a[0] == 127 || a[0] == 0) return true;    // loopback, unspecified, wildcard masks
  if (a[0] >= 224 && a[0] <= 239) return true;  // multicast
  const uint32_t zeros = ~Word(a);
  if ((zeros & (zeros + 1)) == 0) return true;  // netmasks, broadcast
  const uint32_t net = Word(a) >> 8U;           // documentation
  return net == 0xc00002 || net == 0xc63364 || net == 0xcb0071;
}

bool IsWellKnown(const Ipv6& a) {
  if (IsMapped(a)) return IsWellKnown(MappedIpv4(a));
  if (a[0] == 0xff) return true;  // multicast
  if (a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8) return true;
  if (a[0] == 0x3f && a[1] == 0xff && a[2] < 0x10) return true;  // documentation
  return a[15] <= 1 && std::all_of(a.begin(), a.end() - 1, [](uint8_t b) { return b == 0; });
}

bool IsPseudonym(const Ipv4& address) { return address[0] >= 240; }

bool IsPseudonym(const Ipv6& a) {
  if (IsMapped(a)) return IsPseudonym(MappedIpv4(a));
  return a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8;
}

bool IsSurelyLocal(const Ipv4& a) {
  return (a[0] == 192 && a[1] == 168) || (a[0] == 172 && a[1] >= 16 && a[1] < 32) ||
         (a[0] == 169 && a[1] == 254);
}

bool IsPrivate(const Ipv4& address) { return address[0] == 10 || IsSurelyLocal(address); }

}  // namespace casepack::redaction
