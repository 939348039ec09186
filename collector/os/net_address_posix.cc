#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "collector/os/failure.h"
#include "collector/os/net_address.h"

namespace casepack::os {
namespace {

const sockaddr* Raw(const SocketAddress& address) {
  return reinterpret_cast<const sockaddr*>(address.bytes.data());
}

template <typename T>
SocketAddress Wrapped(const T& native) {
  const auto* begin = reinterpret_cast<const unsigned char*>(&native);
  return {{begin, begin + sizeof native}};
}

// The bytes of the address alone, without port and scope.
std::string_view HostPart(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
    return {reinterpret_cast<const char*>(&v4->sin_addr), sizeof v4->sin_addr};
  }
  if (address->sa_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
    return {reinterpret_cast<const char*>(&v6->sin6_addr), sizeof v6->sin6_addr};
  }
  return {};
}

struct FreeInterfaces {
  void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

}  // namespace

bool SocketAddress::is_ipv6() const { return ok() && Raw(*this)->sa_family == AF_INET6; }

SocketAddress ParseAddress(std::string_view text, uint16_t port) {
  const std::string whole(text);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  if (inet_pton(AF_INET, whole.c_str(), &v4.sin_addr) == 1) return Wrapped(v4);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  const size_t percent = whole.find('%');
  if (inet_pton(AF_INET6, whole.substr(0, percent).c_str(), &v6.sin6_addr) != 1) return {};
  if (percent != std::string::npos) {
    v6.sin6_scope_id = if_nametoindex(whole.c_str() + percent + 1);
    if (v6.sin6_scope_id == 0) return {};
  }
  return Wrapped(v6);
}

bool IsAddress(std::string_view text) { return ParseAddress(text, 0).ok(); }

std::string FormatAddress(const SocketAddress& address) {
  if (!address.ok()) return {};
  char text[INET6_ADDRSTRLEN] = {};
  const std::string_view part = HostPart(Raw(address));
  if (inet_ntop(Raw(address)->sa_family, part.data(), text, sizeof text) == nullptr) return {};
  std::string formatted = text;
  if (address.is_ipv6()) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address.bytes.data());
    char name[IF_NAMESIZE] = {};
    if (v6->sin6_scope_id != 0 && if_indextoname(v6->sin6_scope_id, name) != nullptr) {
      formatted += '%';
      formatted += name;
    }
  }
  return formatted;
}

std::string Normal(const std::string& address) {
  const SocketAddress parsed = ParseAddress(address, 0);
  return parsed.ok() ? FormatAddress(parsed) : address;
}

SocketAddress OwnAddress(const Handle& socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getsockname(socket.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  const auto* begin = reinterpret_cast<const unsigned char*>(&storage);
  return {{begin, begin + size}};
}

std::string InterfaceOf(const SocketAddress& address) {
  ifaddrs* list = nullptr;
  if (!address.ok() || getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, FreeInterfaces> owned(list);
  const std::string_view wanted = HostPart(Raw(address));
  for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != Raw(address)->sa_family) continue;
    if (HostPart(one->ifa_addr) == wanted) return one->ifa_name;
  }
  return {};
}

std::string ReasonOfError(int error) {
  switch (error) {
    case ECONNREFUSED:
      return "refused";
    case ETIMEDOUT:
      return "timeout";
    case EHOSTUNREACH:
    case EHOSTDOWN:
      return "host_unreachable";
    case ENETUNREACH:
    case ENETDOWN:
      return "network_unreachable";
    case ECONNRESET:
    case EPIPE:
    case ECONNABORTED:
      return "reset";
    case EACCES:
    case EPERM:
      return "blocked_here";
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT:
      return "no_own_address";
    default:
      return "error_" + ErrorName(error);
  }
}

Handle Connect(const SocketAddress& address, SocketType type, int* error) {
  const int kind = type == SocketType::kStream ? SOCK_STREAM : SOCK_DGRAM;
  Handle handle(socket(Raw(address)->sa_family, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  *error = 0;
  if (!handle.ok()) {
    *error = errno;
  } else if (connect(handle.get(), Raw(address), static_cast<socklen_t>(address.bytes.size())) !=
                 0 &&
             errno != EINPROGRESS) {
    *error = errno;
    handle.Close();
  }
  return handle;
}

}  // namespace casepack::os
