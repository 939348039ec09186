// A time server's clock against ours: one SNTP question over UDP (RFC 4330, RFC 5905).
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "collector/os/handle.h"
#include "collector/os/net_part.h"
#include "collector/os/net_waits.h"

namespace casepack::os {

class ClockQuestion : public NetPart<NtpLayer> {
 public:
  ClockQuestion(const std::string& address, uint16_t port, base::Instant end);
  void Step();
  void Wait(Waits& waits) const;

 private:
  void Send();
  void Read(const unsigned char* packet, size_t size);

  Handle socket_;
  base::Timestamp sent_{};
  std::array<unsigned char, 8> cookie_{};  // what the answer must repeat
  base::Instant resend_{};
};

}  // namespace casepack::os
