#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "collector/os/net_address.h"
#include "collector/os/net_connect.h"

namespace casepack::os {
namespace {

LayerState StateOf(int error) {
  return error == EACCES || error == EPERM ? LayerState::kNotPermitted : LayerState::kFailed;
}

// 0 while it goes on or when it is there, else why not.
int SocketError(int descriptor) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

bool IsWritable(int descriptor) {
  pollfd one{descriptor, POLLOUT, 0};
  return poll(&one, 1, 0) > 0;
}

}  // namespace

Connector::Connector(const std::string& address, uint16_t port, base::Duration linger,
                     base::Instant end)
    : NetPart(end), linger_(linger) {
  mutable_result().address = address;
  const SocketAddress to = ParseAddress(address, port);
  int error = EINVAL;
  if (to.ok()) socket_ = Connect(to, SocketType::kStream, &error);
  if (error != 0) Finish(StateOf(error), ReasonOfError(error));
}

void Connector::Step() {
  if (done()) return;
  if (!connected_) {
    if (IsWritable(socket_.get())) {
      const int error = SocketError(socket_.get());
      if (error != 0) return Finish(StateOf(error), ReasonOfError(error));
      Connected();
    } else if (Late()) {
      return Fail("timeout");
    }
  }
  if (!connected_) return;
  char byte = 0;
  const ssize_t got = recv(socket_.get(), &byte, 1, MSG_PEEK);
  if (got < 0 && (errno == ECONNRESET || errno == EPIPE)) return Fail("reset");
  const bool quiet = got < 0;  // a server that speaks or ends the talk is there
  if (!quiet || std::chrono::steady_clock::now() >= linger_end_) Finish(LayerState::kOk);
}

void Connector::Connected() {
  connected_ = true;
  linger_end_ = std::min(end(), std::chrono::steady_clock::now() + linger_);
  const SocketAddress own = OwnAddress(socket_);
  mutable_result().source = FormatAddress(own);
  mutable_result().interface = InterfaceOf(own);
}

void Connector::Wait(Waits& waits) const {
  if (done()) return;
  connected_ ? waits.ToRead(socket_.get()) : waits.ToWrite(socket_.get());
  waits.Until(connected_ ? linger_end_ : end());
}

}  // namespace casepack::os
