#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "collector/os/net_address.h"
#include "collector/os/net_clock.h"

namespace casepack::os {
namespace {

constexpr size_t kPacket = 48;
constexpr int64_t kEra = 2'208'988'800;  // seconds from 1900 to 1970
constexpr auto kResend = std::chrono::milliseconds(1500);
constexpr auto kFarOff = std::chrono::seconds(60);  // a certificate's or a token's patience

using Stamp = std::array<unsigned char, 8>;

// Seconds since 1900 and a binary fraction, big-endian.
Stamp Encode(base::Timestamp time) {
  const int64_t nanoseconds = time.time_since_epoch().count();
  const auto seconds = static_cast<uint64_t>(nanoseconds / 1'000'000'000 + kEra);
  const auto rest = static_cast<uint64_t>(nanoseconds % 1'000'000'000);
  const uint64_t value = seconds << 32U | ((rest << 32U) / 1'000'000'000U);
  Stamp stamp{};
  for (size_t i = 0; i < stamp.size(); ++i)
    stamp.at(i) = static_cast<unsigned char>(value >> (56U - 8U * i));
  return stamp;
}

base::Timestamp Decode(const unsigned char* stamp) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i)
    value = value << 8U | stamp[i];
  auto seconds = static_cast<int64_t>(value >> 32U);
  if (seconds < (int64_t{1} << 31U)) seconds += int64_t{1} << 32U;  // after 2036: the next era
  const auto fraction = static_cast<int64_t>(((value & 0xFFFFFFFFU) * 1'000'000'000U) >> 32U);
  return base::Timestamp(std::chrono::seconds(seconds - kEra) + std::chrono::nanoseconds(fraction));
}

}  // namespace

ClockQuestion::ClockQuestion(const std::string& address, uint16_t port, base::Instant end)
    : NetPart(end) {
  const SocketAddress to = ParseAddress(address, port);
  int error = EINVAL;
  if (to.ok()) socket_ = Connect(to, SocketType::kDatagram, &error);
  if (error != 0) Fail(ReasonOfError(error));
}

void ClockQuestion::Send() {
  resend_ = std::chrono::steady_clock::now() + kResend;
  std::array<unsigned char, kPacket> packet{};
  packet[0] = 0x23;  // no warning, version 4, client
  sent_ = std::chrono::system_clock::now();
  cookie_ = Encode(sent_);
  std::copy(cookie_.begin(), cookie_.end(), packet.begin() + 40);
  if (send(socket_.get(), packet.data(), packet.size(), MSG_NOSIGNAL) < 0 && errno != EAGAIN) {
    Fail(ReasonOfError(errno));
  }
}

// offset = ((T2 - T1) + (T3 - T4)) / 2
void ClockQuestion::Read(const unsigned char* packet, size_t size) {
  const base::Timestamp now = std::chrono::system_clock::now();
  const bool ours = size >= kPacket && (packet[0] & 7U) == 4U &&
                    std::equal(cookie_.begin(), cookie_.end(), packet + 24);
  if (!ours) return;  // late, or somebody's guess
  mutable_result().stratum = packet[1];
  if (packet[1] == 0) return Fail("kiss_of_death");
  if (packet[0] >> 6U == 3U || packet[1] >= 16) return Fail("unsynchronised");
  const base::Timestamp received = Decode(packet + 32);
  const base::Timestamp answered = Decode(packet + 40);
  const base::Duration offset = ((received - sent_) + (answered - now)) / 2;
  mutable_result().offset = offset;
  std::chrono::abs(offset) > kFarOff ? Fail("clock_off") : Finish(LayerState::kOk);
}

void ClockQuestion::Step() {
  if (done()) return;
  std::array<unsigned char, 512> buffer{};
  while (!done()) {
    const ssize_t got = recv(socket_.get(), buffer.data(), buffer.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (got < 0) return Fail(ReasonOfError(errno));
    Read(buffer.data(), static_cast<size_t>(got));
  }
  if (done()) return;
  if (Late()) return Fail("timeout");
  if (std::chrono::steady_clock::now() >= resend_) Send();
}

void ClockQuestion::Wait(Waits& waits) const {
  if (done()) return;
  waits.ToRead(socket_.get());
  waits.Until(std::min(end(), resend_));
}

}  // namespace casepack::os
