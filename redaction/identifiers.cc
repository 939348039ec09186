#include "redaction/identifiers.h"

#include <algorithm>
#include <array>

#include "redaction/address.h"
#include "redaction/look_back.h"
#include "redaction/mac.h"
#include "redaction/version.h"

namespace casepack::redaction {
namespace {

constexpr size_t kGuidLength = 36;
constexpr std::string_view kArpa = ".in-addr.arpa";

constexpr std::array<bool, 256> kHex = [] {
  std::array<bool, 256> hex{};
  for (size_t c = 0; c < hex.size(); ++c)
    hex.at(c) = IsHex(static_cast<char>(c));
  return hex;
}();

bool IsRenamed(const Ipv4& address) { return !IsWellKnown(address) && !IsPseudonym(address); }

// `IP 10.1.2.3.80 > 10.1.2.4.443:` of tcpdump: `end` is before the port.
bool IsTcpdump(const View& view, size_t begin, size_t end) {
  size_t i = end + 1;
  while (i < end + 6 && IsDigit(view.At(i)))
    ++i;
  if (!StartsAt(view, i, " > ") && !StartsAt(view, i, ": ")) return false;
  return RunBefore(view, begin, 3, [](char) { return true; }) == "IP " ||
         RunBefore(view, begin, 2, [](char) { return true; }) == "> ";
}

// May a dotted address begin here, or is this the middle of something longer?
bool MayBeginDotted(const View& view, size_t at, const Ipv4& address) {
  if (Before(view, at) != '.') return true;
  const char c = Before(view, at - 1);
  if (IsAlpha(c)) return IsSurelyLocal(address);  // `app.192.168.1.10.nip.io`
  return !IsDigit(c) && !(address == Ipv4{1, 3, 6, 1});
}

FoundIdentifier MatchDotted(const View& view, size_t at) {
  Ipv4 address;
  const size_t length = ReadIpv4(view.text.substr(at, 16), '.', &address);
  if (length == 0 || !MayBeginDotted(view, at, address)) return std::nullopt;
  const size_t end = at + length;
  if (StartsAtAnyCase(view, end, kArpa) && !IsAlnum(view.At(end + kArpa.size()))) {
    std::reverse(address.begin(), address.end());
    if (!IsRenamed(address)) return std::nullopt;
    return IdentifierSpan{Identifier::kIpv4, at, end + kArpa.size()};
  }
  if (!IsRenamed(address) || IsAlnum(view.At(end))) return std::nullopt;
  const bool fifth = view.At(end) == '.' && IsDigit(view.At(end + 1));
  if (fifth ? !IsTcpdump(view, at, end) : IsVersion(view, at, end, address)) return std::nullopt;
  return IdentifierSpan{Identifier::kIpv4, at, end};
}

// `10-1-2-3.pod.cluster.local`, not `10-11-12-13.log`.
bool IsHostTail(const View& view, size_t dot) {
  constexpr auto kFiles =
      std::to_array<std::string_view>({"log", "txt", "gz", "tar", "zip", "json", "csv", "xml",
                                       "pcap", "out", "tgz", "core", "dmp", "bak"});
  size_t end = dot + 1;
  while (end < dot + 64 && (IsAlnum(view.At(end)) || view.At(end) == '-'))
    ++end;
  if (view.At(dot) != '.' || !IsAlpha(view.At(dot + 1))) return false;
  const std::string_view label = view.text.substr(dot + 1, end - dot - 1);
  return std::none_of(kFiles.begin(), kFiles.end(),
                      [label](std::string_view file) { return SameLetters(label, file); });
}

// `dhcp-192-168-0-66`, `c-73-11-22-33.hsd1.ma.example.net`
FoundIdentifier MatchDashed(const View& view, size_t at) {
  Ipv4 address;
  const size_t length = ReadIpv4(view.text.substr(at, 16), '-', &address);
  if (length == 0 || !IsRenamed(address)) return std::nullopt;
  const size_t end = at + length;
  const bool fifth = view.At(end) == '-' && IsDigit(view.At(end + 1));
  if (IsAlnum(view.At(end)) || view.At(end) == '_') return std::nullopt;
  std::string_view prefix;
  if (Before(view, at) == '-') prefix = RunBefore(view, at - 1, kMaxName, IsAlnum);
  const bool sure = IsAddressPrefix(prefix);
  const bool named = std::any_of(prefix.begin(), prefix.end(), IsAlpha);
  const bool bare = Before(view, at) != '-' && Before(view, at) != '_' && Before(view, at) != '.';
  if (!sure && (fifth || !(named || bare))) return std::nullopt;
  if (!sure && !IsHostTail(view, end) && !(named && IsPrivate(address))) return std::nullopt;
  return IdentifierSpan{Identifier::kIpv4, at, end};
}

// Does a group with a colon stand before `at`, so that an address has begun before?
bool IsInColons(const View& view, size_t at) {
  size_t i = at;
  while (i > view.floor && at - i < 2 && view.text[i - 1] == ':')
    --i;
  if (i == at || i == view.floor) return false;
  const std::string_view group = RunBefore(view, i, 5, IsHex);
  if (group.empty()) return at - i == 2 && !IsAlnum(Before(view, i));
  return group.size() < 5 && !IsAlnum(Before(view, i - group.size()));
}

// `std::dead`, `a::b`, `fade::`, `x[::2]`, and `::1:8080` for loopback and a port.
bool IsWordsWithColons(std::string_view text) {
  if (text.find("::") == std::string_view::npos) return false;
  if (text.find('.') != std::string_view::npos) return false;
  const auto colons = std::count(text.begin(), text.end(), ':');
  if (text.starts_with("::")) return colons < 3 || (colons == 3 && text.starts_with("::1:"));
  const bool digits = std::any_of(text.begin(), text.end(), IsDigit);
  const size_t first = text.find(':');
  const bool local = first == 4 && Lower(text[0]) == 'f' &&
                     std::string_view("cdeCDE").find(text[1]) != std::string_view::npos;
  if (!digits) return !local;
  return first < 4 && IsAlpha(text[0]) && colons < 4;
}

// A world wide name or an EUI-64: eight pairs.
bool IsPairs(std::string_view text) {
  if (text.size() != 23) return false;
  for (size_t i = 2; i < text.size(); i += 3) {
    if (text[i] != ':') return false;
  }
  return true;
}

FoundIdentifier MatchIpv6(const View& view, size_t at) {
  const bool leading = view.At(at) == ':';
  const char before = Before(view, at);
  if (leading && (IsAlnum(before) || before == '_' || before == ':' || before == ')'))
    return std::nullopt;
  if (!leading && IsInColons(view, at)) return std::nullopt;
  Ipv6 address;
  const size_t length = ReadIpv6(view.text.substr(at, 64), &address);
  if (length == 0 || IsWellKnown(address) || IsPseudonym(address)) return std::nullopt;
  const std::string_view text = view.text.substr(at, length);
  if (IsPairs(text) || (!IsMapped(address) && IsWordsWithColons(text))) return std::nullopt;
  return IdentifierSpan{Identifier::kIpv6, at, at + length};
}

FoundIdentifier MatchGuid(const View& view, size_t at) {
  const std::string_view text = view.text.substr(at, kGuidLength);
  if (text.size() < kGuidLength || IsAlnum(view.At(at + kGuidLength))) return std::nullopt;
  bool same = true;
  for (size_t i = 0; i < kGuidLength; ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !IsHex(text[i])) return std::nullopt;
    same = same && (dash || Lower(text[i]) == Lower(text[0]));
  }
  if (same && (text[0] == '0' || Lower(text[0]) == 'f')) return std::nullopt;
  if (StartsAtAnyCase(view, at, "ca5eca5e")) return std::nullopt;
  return IdentifierSpan{Identifier::kGuid, at, at + kGuidLength};
}

// `16:56:55` or the rest of it, which most lines begin with.
bool IsTime(const View& view, size_t at) {
  for (int pairs = 0; pairs < 3; ++pairs) {
    if (!IsDigit(view.At(at)) || !IsDigit(view.At(at + 1))) return false;
    const char next = view.At(at + 2);
    if (next != ':') return !IsHex(next);
    at += 3;
  }
  return false;
}

FoundIdentifier MatchColons(const View& view, size_t at, size_t digits) {
  const char next = view.At(at + digits + 1);
  if ((next != ':' && !IsHex(next)) || IsTime(view, at)) return std::nullopt;
  if (digits == 2) {
    const FoundIdentifier mac = MatchMac(view, at);
    if (mac) return mac;
  }
  return MatchIpv6(view, at);
}

FoundIdentifier MatchDashes(const View& view, size_t at, size_t digits) {
  if (digits == 8) return MatchGuid(view, at);
  if (digits == 2) {
    const FoundIdentifier mac = MatchMac(view, at);
    if (mac) return mac;
  }
  return digits < 4 ? MatchDashed(view, at) : std::nullopt;
}

// The digits of `%20` before a word: we are asked again behind them. `%fe80::1` is none,
// `%E3%82%92` is three.
bool IsEscape(const View& view, size_t at) {
  const char next = view.At(at + 2);
  if (!IsHex(view.At(at)) || !IsHex(view.At(at + 1))) return false;
  if (!IsAlnum(next) && !(next == ':' && view.At(at + 3) == ':')) return false;
  return HexValue(view.At(at)) < 8 || (at >= view.floor + 4 && view.text[at - 4] == '%');
}

}  // namespace

// Most words are none of these: they are told by what follows their first hexadecimal
// digits.
FoundIdentifier MatchNumber(const View& view, size_t at) {
  size_t digits = 0;
  while (digits < 9 && kHex[static_cast<unsigned char>(view.At(at + digits))])
    ++digits;
  const char next = view.At(at + digits);
  if (next != ':' && next != '-' && next != '.') return std::nullopt;
  if (digits > 0 && Before(view, at) == '%' && IsEscape(view, at)) return std::nullopt;
  if (next == ':') {
    if (digits == 0) return view.At(at + 1) == ':' ? MatchIpv6(view, at) : std::nullopt;
    return digits < 5 ? MatchColons(view, at, digits) : std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  if (next == '-') return MatchDashes(view, at, digits);
  if (digits == 4) return MatchMac(view, at);
  return digits < 4 ? MatchDotted(view, at) : std::nullopt;
}

}  // namespace casepack::redaction
