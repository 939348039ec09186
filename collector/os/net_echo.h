// ICMP echo to one address: an unprivileged datagram socket where the system allows it
// (net.ipv4.ping_group_range), a raw one as root, else "not_permitted". RFC 792, RFC 4443.
#pragma once

#include <cstdint>
#include <string>

#include "collector/os/handle.h"
#include "collector/os/net_part.h"
#include "collector/os/net_waits.h"

namespace casepack::os {

class Echo : public NetPart<Attempt> {
 public:
  // `number` tells this question from others of ours that are under way.
  Echo(const std::string& address, uint16_t number, base::Instant end);
  void Step();
  void Wait(Waits& waits) const;

 private:
  void Send();
  bool Read();  // false when there was nothing to read
  [[nodiscard]] bool IsAnswer(const unsigned char* packet, size_t size) const;
  void ReadErrors();

  Handle socket_;
  bool ipv6_ = false;
  bool raw_ = false;
  uint16_t number_;
  base::Instant resend_{};
};

}  // namespace casepack::os
