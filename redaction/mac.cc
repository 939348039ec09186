#include "redaction/mac.h"

#include <algorithm>

#include "redaction/look_back.h"

namespace casepack::redaction {
namespace {

constexpr size_t kMacLength = 17;
constexpr size_t kCiscoLength = 14;
constexpr size_t kMostPairs = 15;

bool IsPairAt(const View& view, size_t at) {
  return IsHex(view.At(at)) && IsHex(view.At(at + 1)) && !IsAlnum(view.At(at + 2));
}

// Pairs of digits joined by `separator`, from `at` on; kMostPairs at most.
size_t PairsAhead(const View& view, size_t at, char separator) {
  size_t pairs = 0;
  while (pairs < kMostPairs && IsPairAt(view, at)) {
    ++pairs;
    if (view.At(at + 2) != separator) break;
    at += 3;
  }
  return pairs;
}

// The same, before the separator that stands before `at`.
size_t PairsBehind(const View& view, size_t at, char separator) {
  size_t pairs = 0;
  while (pairs < kMostPairs && Before(view, at) == separator && at >= view.floor + 3 &&
         IsHex(view.text[at - 2]) && IsHex(view.text[at - 3]) && !IsAlnum(Before(view, at - 3))) {
    ++pairs;
    at -= 3;
  }
  return pairs;
}

// `MAC=` to: 6 bytes, from: 6 bytes, kind: 2 bytes. Where the first address has been
// renamed, the floor is before the colon.
bool IsNetfilter(const View& view, size_t at, size_t behind, size_t ahead) {
  if (behind == 0 && ahead == 8) return Before(view, at) == ':' && at == view.floor + 1;
  if (!(behind == 0 && ahead == 14) && !(behind == 6 && ahead == 8)) return false;
  const size_t begin = at - behind * 3;
  return RunBefore(view, begin, 4, [](char) { return true; }) == "MAC=";
}

// A DHCP client's identifier (`01` for Ethernet) or DUID.
bool IsClientId(const View& view, size_t at, size_t behind, char separator) {
  const std::string_view before = view.text.substr(at - behind * 3, behind * 3);
  if (behind == 1) return before.starts_with("01");
  const bool duid = behind == 4 || behind == 8;
  if (!duid || separator != ':') return false;
  return before.starts_with(behind == 4 ? "00:03:00:01" : "00:01:00:01");
}

// `24-01-31-23-59-00` is a time.
bool IsTime(const Mac& mac, std::string_view text) {
  if (text[2] != '-' || std::any_of(text.begin(), text.end(), IsAlpha)) return false;
  return mac[1] <= 0x12 && mac[2] <= 0x31 && mac[3] <= 0x23 && mac[4] <= 0x59 && mac[5] <= 0x59;
}

bool IsWellKnown(const Mac& mac) {
  if (std::all_of(mac.begin(), mac.end(), [&mac](uint8_t b) { return b == mac[0]; }))
    return mac[0] == 0 || mac[0] == 0xff;
  if (mac[0] == 0x33 && mac[1] == 0x33) return true;  // IPv6 multicast
  if (mac[0] != 0x01) return false;                   // IPv4's, bridges', Cisco's
  return (mac[1] == 0x00 && (mac[2] == 0x5e || mac[2] == 0x0c)) ||
         (mac[1] == 0x80 && mac[2] == 0xc2);
}

// `aabb.ccdd.eeff`, no host name, and not the date in `2023.1201.1234`.
bool IsCisco(const View& view, size_t at) {
  if (Before(view, at) == '.') return false;
  const size_t end = at + kCiscoLength;
  if (IsAlnum(view.At(end)) || (view.At(end) == '.' && IsAlnum(view.At(end + 1)))) return false;
  const std::string_view text = view.text.substr(at, kCiscoLength);
  return std::any_of(text.begin(), text.end(), IsAlpha) ||
         !(text.starts_with("20") || text.starts_with("19"));
}

bool IsPaired(const View& view, size_t at) {
  const char separator = view.At(at + 2);
  const size_t ahead = PairsAhead(view, at, separator);
  if (ahead < 6) return false;
  const size_t behind = PairsBehind(view, at, separator);
  return (ahead == 6 && (behind == 0 || IsClientId(view, at, behind, separator))) ||
         (separator == ':' && IsNetfilter(view, at, behind, ahead));
}

}  // namespace

bool ReadMac(std::string_view text, Mac* mac) {
  const bool cisco = text.size() == kCiscoLength;
  if (!cisco && text.size() != kMacLength) return false;
  const size_t step = cisco ? 5 : 3;
  const char separator = text[step - 1];
  if (cisco ? separator != '.' : separator != ':' && separator != '-') return false;
  unsigned value = 0;
  size_t digits = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % step == step - 1) {
      if (text[i] != separator) return false;
      continue;
    }
    if (!IsHex(text[i])) return false;
    value = value * 16 + static_cast<unsigned>(HexValue(text[i]));
    if (++digits % 2 == 0) mac->at(digits / 2 - 1) = static_cast<uint8_t>(value);
  }
  return true;
}

bool IsPseudonym(const Mac& mac) { return mac[0] == 0x0e && mac[1] == 0xca; }

FoundIdentifier MatchMac(const View& view, size_t at) {
  const bool cisco = view.At(at + 4) == '.';
  const size_t length = cisco ? kCiscoLength : kMacLength;
  const std::string_view text = view.text.substr(at, length);
  Mac mac;
  if (!ReadMac(text, &mac) || !(cisco ? IsCisco(view, at) : IsPaired(view, at)))
    return std::nullopt;
  if (IsWellKnown(mac) || IsPseudonym(mac) || IsTime(mac, text)) return std::nullopt;
  return IdentifierSpan{Identifier::kMac, at, at + length};
}

}  // namespace casepack::redaction
