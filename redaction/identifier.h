// What can be renamed: addresses, names, people. Data only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casepack::redaction {

enum class Identifier : uint8_t { kHost, kUser, kIpv4, kIpv6, kMac, kEmail, kGuid };

// As in the counts: "host", "ipv4", ...
constexpr std::string_view IdentifierName(Identifier kind) {
  constexpr std::array<std::string_view, 7> names = {"host", "user",  "ipv4", "ipv6",
                                                     "mac",  "email", "guid"};
  return names[static_cast<size_t>(kind)];
}

// Which of them --pseudonymize names.
struct IdentifierClasses {
  bool hosts = false;
  bool users = false;
  bool ips = false;
  bool macs = false;
  bool emails = false;
  bool ids = false;

  [[nodiscard]] bool Any() const { return hosts || users || ips || macs || emails || ids; }
};

// What the host knows of itself, loaded before the first byte is redacted. Host names may
// be short or full; all are compared without regard to case.
struct KnownNames {
  std::vector<std::string> hosts;
  std::vector<std::string> domains;  // "example.co.jp": every name under them is a host
  std::vector<std::string> users;
};

// Where one stands in a text.
struct IdentifierSpan {
  Identifier kind = Identifier::kHost;
  size_t begin = 0;
  size_t end = 0;
};

}  // namespace casepack::redaction
