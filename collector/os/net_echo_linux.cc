// Before linux/errqueue.h, which uses timespec and does not declare it.
// clang-format off
#include <ctime>
#include <linux/errqueue.h>
// clang-format on
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "collector/os/net_address.h"
#include "collector/os/net_echo.h"

namespace casepack::os {
namespace {

constexpr auto kResend = std::chrono::seconds(1);  // a packet may be lost
constexpr std::array<unsigned char, 8> kPayload{'c', 'a', 's', 'e', 'p', 'a', 'c', 'k'};
constexpr size_t kHeader = 8;
using Packet = std::array<unsigned char, kHeader + kPayload.size()>;

// The ones' complement sum of RFC 1071; ICMPv6's is made by the kernel.
uint16_t Checksum(const Packet& packet) {
  uint32_t sum = 0;
  for (size_t i = 0; i < packet.size(); i += 2)
    sum += static_cast<uint32_t>(packet.at(i) << 8U | packet.at(i + 1));
  while (sum >> 16U != 0)
    sum = (sum & 0xFFFFU) + (sum >> 16U);
  return static_cast<uint16_t>(~sum);
}

void Put(Packet& packet, size_t at, uint16_t value) {
  packet.at(at) = static_cast<unsigned char>(value >> 8U);
  packet.at(at + 1) = static_cast<unsigned char>(value & 0xFFU);
}

// Type, code, checksum, identifier, sequence. A datagram socket writes its own identifier.
Packet Question(bool ipv6, uint16_t number) {
  Packet packet{};
  packet[0] = ipv6 ? ICMP6_ECHO_REQUEST : ICMP_ECHO;
  Put(packet, 4, number);
  Put(packet, 6, number);
  std::copy(kPayload.begin(), kPayload.end(), packet.begin() + kHeader);
  if (!ipv6) Put(packet, 2, Checksum(packet));
  return packet;
}

int OpenSocket(bool ipv6, bool raw) {
  const int type = (raw ? SOCK_RAW : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC;
  return ipv6 ? socket(AF_INET6, type, IPPROTO_ICMPV6) : socket(AF_INET, type, IPPROTO_ICMP);
}

bool IsPermission(int error) {
  return error == EACCES || error == EPERM || error == EPROTONOSUPPORT;
}

}  // namespace

Echo::Echo(const std::string& address, uint16_t number, base::Instant end)
    : NetPart(end), number_(number) {
  mutable_result().address = address;
  const SocketAddress to = ParseAddress(address, 0);
  ipv6_ = to.is_ipv6();
  socket_.Reset(OpenSocket(ipv6_, false));
  if (!socket_.ok() && IsPermission(errno)) {
    raw_ = true;
    socket_.Reset(OpenSocket(ipv6_, true));
  }
  int error = socket_.ok() ? 0 : errno;
  if (error != 0 && IsPermission(error)) {
    Finish(LayerState::kNotPermitted, "not_permitted");
    return;
  }
  const int on = 1;
  if (error == 0) {  // unreachable is told on the error queue, also of a raw socket
    setsockopt(socket_.get(), ipv6_ ? IPPROTO_IPV6 : IPPROTO_IP, ipv6_ ? IPV6_RECVERR : IP_RECVERR,
               &on, sizeof on);
    const auto* native = reinterpret_cast<const sockaddr*>(to.bytes.data());
    if (connect(socket_.get(), native, static_cast<socklen_t>(to.bytes.size())) != 0) error = errno;
  }
  if (error != 0) Fail(ReasonOfError(error));
  if (error != 0) return;
  const SocketAddress own = OwnAddress(socket_);
  mutable_result().source = FormatAddress(own);
  mutable_result().interface = InterfaceOf(own);
}

void Echo::Send() {
  resend_ = std::chrono::steady_clock::now() + kResend;
  const Packet packet = Question(ipv6_, number_);
  if (send(socket_.get(), packet.data(), packet.size(), MSG_NOSIGNAL) >= 0) return;
  if (errno == EAGAIN || errno == ENOBUFS) return;
  Finish(errno == EPERM || errno == EACCES ? LayerState::kNotPermitted : LayerState::kFailed,
         ReasonOfError(errno));
}

bool Echo::IsAnswer(const unsigned char* packet, size_t size) const {
  if (raw_ && !ipv6_) {  // a raw socket of IPv4 gets the IP header too
    const size_t header = size > 0 ? (packet[0] & 0x0FU) * size_t{4} : 0;
    if (size < header) return false;
    packet += header;
    size -= header;
  }
  if (size < kHeader + kPayload.size()) return false;
  const uint16_t sequence = static_cast<uint16_t>(packet[6] << 8U | packet[7]);
  const uint16_t identifier = static_cast<uint16_t>(packet[4] << 8U | packet[5]);
  if (packet[0] != (ipv6_ ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY) || sequence != number_) return false;
  if (raw_ && identifier != number_) return false;
  return std::equal(kPayload.begin(), kPayload.end(), packet + kHeader);
}

void Echo::ReadErrors() {
  std::array<unsigned char, 512> buffer{};
  std::array<unsigned char, 512> control{};
  iovec part{buffer.data(), buffer.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (recvmsg(socket_.get(), &message, MSG_ERRQUEUE) < 0) return;
  for (cmsghdr* one = CMSG_FIRSTHDR(&message); one != nullptr; one = CMSG_NXTHDR(&message, one)) {
    sock_extended_err error{};
    if (one->cmsg_len < CMSG_LEN(sizeof error)) continue;
    std::memcpy(&error, CMSG_DATA(one), sizeof error);
    if (error.ee_errno != 0) Fail(ReasonOfError(static_cast<int>(error.ee_errno)));
  }
}

bool Echo::Read() {
  std::array<unsigned char, 2048> buffer{};
  const ssize_t got = recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (got >= 0) {
    if (IsAnswer(buffer.data(), static_cast<size_t>(got))) Finish(LayerState::kOk);
    return true;
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK) return false;
  const int error = errno;
  ReadErrors();
  Fail(ReasonOfError(error));
  return false;
}

void Echo::Step() {
  constexpr int kAtOnce = 64;  // a raw socket sees every echo answer of the machine
  if (done()) return;
  for (int i = 0; i < kAtOnce && !done() && Read(); ++i) {
  }
  if (done()) return;
  if (Late()) return Fail("timeout");
  if (std::chrono::steady_clock::now() >= resend_) Send();
}

void Echo::Wait(Waits& waits) const {
  if (done()) return;
  waits.ToRead(socket_.get());
  waits.Until(std::min(end(), resend_));
}

}  // namespace casepack::os
