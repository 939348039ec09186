// Numeric addresses as text. No name is ever looked up here. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "collector/os/handle.h"

namespace casepack::os {

// A socket's address, as the system has it.
struct SocketAddress {
  std::vector<unsigned char> bytes;  // a sockaddr; empty: none
  [[nodiscard]] bool ok() const { return !bytes.empty(); }
  [[nodiscard]] bool is_ipv6() const;
};

// "192.0.2.1", "2001:db8::1", "fe80::1%eth0" (RFC 4007); anything else is none.
SocketAddress ParseAddress(std::string_view text, uint16_t port);
[[nodiscard]] bool IsAddress(std::string_view text);
[[nodiscard]] std::string FormatAddress(const SocketAddress& address);  // without the port
// In one form, so that two texts of an address are the same text; else as it is.
[[nodiscard]] std::string Normal(const std::string& address);

// Our own address on a connected socket, or none.
SocketAddress OwnAddress(const Handle& socket);
// The interface that has the address; empty if none does.
[[nodiscard]] std::string InterfaceOf(const SocketAddress& address);

// One word for an errno of a socket: "refused", "timeout", "no_route", ...
[[nodiscard]] std::string ReasonOfError(int error);

enum class SocketType { kStream, kDatagram };
// Non-blocking, connect(2) begun. Invalid on failure, with the errno; EINPROGRESS is none.
Handle Connect(const SocketAddress& address, SocketType type, int* error);

}  // namespace casepack::os
