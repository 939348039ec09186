// TCP to one address: refused, timed out, unreachable and reset are told apart.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "collector/os/handle.h"
#include "collector/os/net_part.h"
#include "collector/os/net_waits.h"

namespace casepack::os {

class Connector : public NetPart<Attempt> {
 public:
  // Once connected it listens for as long as `linger`: a firewall or a server that takes a
  // connection only to reset it is not reached ("reset"). Zero where a later layer sees it.
  Connector(const std::string& address, uint16_t port, base::Duration linger, base::Instant end);
  void Step();
  void Wait(Waits& waits) const;
  // The connected socket, once ok(); to be asked for once.
  Handle TakeSocket() { return std::move(socket_); }

 private:
  void Connected();
  Handle socket_;
  base::Duration linger_;
  base::Instant linger_end_{};
  bool connected_ = false;
};

}  // namespace casepack::os
