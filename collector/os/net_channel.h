// A connected socket, plain or under TLS: bytes both ways, never blocking. It owns both;
// one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "collector/os/handle.h"
#include "collector/os/net_waits.h"

struct ssl_st;

namespace casepack::os {

class Channel {
 public:
  explicit Channel(Handle socket) : socket_(std::move(socket)) {}

  enum class How { kSome, kAgain, kClosed, kFailed };
  struct Moved {
    How how = How::kAgain;
    size_t bytes = 0;
    std::string reason = {};  // of kClosed and kFailed: "closed", "reset", ...
  };
  Moved Read(char* to, size_t size);
  Moved Write(std::string_view bytes);
  // For reading, unless TLS or `writing` needs the other.
  void Wait(Waits& waits, bool writing) const;

  // From now on under TLS; the handshake is net_tls.h's.
  void StartTls(ssl_st* session);
  [[nodiscard]] ssl_st* tls() const { return tls_.get(); }
  // What a TLS call that came back with `result` means; notes what it waits for.
  Moved TlsMoved(int result);

 private:
  struct FreeTls {
    void operator()(ssl_st* session) const;
  };
  Handle socket_;
  std::unique_ptr<ssl_st, FreeTls> tls_;
  bool wants_write_ = false;
};

}  // namespace casepack::os
