#include "collector/os/net_url.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "collector/os/net_address.h"
#include "collector/os/read.h"

namespace casepack::os {
namespace {

using base::Code;
using base::Result;
using base::Status;

struct Scheme {
  std::string_view name;
  ProbeScheme scheme;
  uint16_t port;  // if none is given; 0: one must be, kNone: there is none
};
constexpr uint16_t kNone = 0xFFFF;
constexpr std::array<Scheme, 7> kSchemes{{{"tcp", ProbeScheme::kTcp, 0},
                                          {"tls", ProbeScheme::kTls, 0},
                                          {"https", ProbeScheme::kHttps, 443},
                                          {"http", ProbeScheme::kHttp, 80},
                                          {"icmp", ProbeScheme::kIcmp, kNone},
                                          {"dns", ProbeScheme::kDns, kNone},
                                          {"ntp", ProbeScheme::kNtp, 123}}};

Status BadTarget(std::string_view text) {
  return {Code::kInvalid, {"os.probe.bad_target", {{"target", std::string(text)}}}};
}

bool IsNameLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

std::optional<uint16_t> Port(std::string_view text) {
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

struct HostPort {
  std::string_view host;
  std::optional<uint16_t> port;
};

// "host", "host:1", "[2001:db8::1]:1", "2001:db8::1".
std::optional<HostPort> Split(std::string_view text) {
  HostPort parts;
  std::string_view rest;
  if (text.starts_with('[')) {
    const size_t end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    parts.host = text.substr(1, end - 1);
    rest = text.substr(end + 1);
    if (!IsAddress(parts.host)) return std::nullopt;
  } else if (IsAddress(text)) {
    parts.host = text;
  } else {
    const size_t colon = std::min(text.find(':'), text.size());
    parts.host = text.substr(0, colon);
    rest = text.substr(colon);
  }
  if (!IsHost(parts.host)) return std::nullopt;
  if (rest.empty()) return parts;
  parts.port = Port(rest.substr(1));
  if (rest[0] != ':' || !parts.port) return std::nullopt;
  return parts;
}

bool IsPath(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

int HexDigit(char c) {
  constexpr std::string_view kDigits = "0123456789abcdef0123456789ABCDEF";
  const size_t at = kDigits.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at % 16);
}

std::string Unescape(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '%' && i + 2 < text.size() && HexDigit(text[i + 1]) >= 0 &&
                         HexDigit(text[i + 2]) >= 0;
    out +=
        escaped ? static_cast<char>(HexDigit(text[i + 1]) * 16 + HexDigit(text[i + 2])) : text[i];
    if (escaped) i += 2;
  }
  return out;
}

}  // namespace

bool IsHost(std::string_view text) {
  if (IsAddress(text)) return true;
  constexpr size_t kLongest = 253;
  return !text.empty() && text.size() <= kLongest && text[0] != '-' && text[0] != '.' &&
         text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), IsNameLetter);
}

std::string_view SchemeName(ProbeScheme scheme) {
  const auto found = std::find_if(kSchemes.begin(), kSchemes.end(),
                                  [&](const Scheme& row) { return row.scheme == scheme; });
  return found->name;
}

Result<ProbeTarget> ParseTarget(std::string_view text) {
  const size_t colon = text.find("://");
  const std::string_view name = colon == std::string_view::npos ? "tcp" : text.substr(0, colon);
  const auto scheme = std::find_if(kSchemes.begin(), kSchemes.end(),
                                   [&](const Scheme& row) { return row.name == name; });
  if (scheme == kSchemes.end()) return BadTarget(text);
  const std::string_view rest = colon == std::string_view::npos ? text : text.substr(colon + 3);
  const size_t slash = std::min(rest.find('/'), rest.size());
  const auto parts = Split(rest.substr(0, slash));
  const std::string_view path = rest.substr(slash);
  const bool has_port = scheme->port != kNone;
  if (!parts || !IsPath(path) || (parts->port && !has_port)) return BadTarget(text);
  ProbeTarget target;
  target.scheme = scheme->scheme;
  target.host = parts->host;
  target.port = parts->port.value_or(has_port ? scheme->port : 0);
  if (has_port && target.port == 0) return BadTarget(text);
  const bool speaks_http =
      target.scheme == ProbeScheme::kHttp || target.scheme == ProbeScheme::kHttps;
  if (path.size() > 1 && !speaks_http) return BadTarget(text);
  if (!path.empty()) target.path = path;
  return target;
}

Result<ProbeProxy> ParseProxy(std::string_view text) {
  const Status bad(Code::kInvalid, {"os.probe.bad_proxy", {}});
  const size_t colon = text.find("://");
  if (colon != std::string_view::npos) {
    if (text.substr(0, colon) != "http") {
      return Status(Code::kUnsupported, {"os.probe.proxy_scheme", {}});
    }
    text = text.substr(colon + 3);
  }
  while (text.ends_with('/'))
    text.remove_suffix(1);
  ProbeProxy proxy;
  const size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view user = text.substr(0, at);
    const size_t end = std::min(user.find(':'), user.size());
    proxy.user = Unescape(user.substr(0, end));
    if (end < user.size()) proxy.password = Unescape(user.substr(end + 1));
    text = text.substr(at + 1);
  }
  const auto parts = Split(text);
  if (!parts || !parts->port) return bad;
  proxy.host = parts->host;
  proxy.port = *parts->port;
  return proxy;
}

}  // namespace casepack::os
