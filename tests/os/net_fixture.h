// What the tests of the network's parts share: real sockets on loopback, and a part worked
// until it is done.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "collector/base/time.h"
#include "collector/os/handle.h"
#include "collector/os/net_address.h"
#include "collector/os/net_waits.h"

namespace casepack::tests {

inline base::Instant In(base::Duration span) { return std::chrono::steady_clock::now() + span; }

template <typename Part>
void Work(Part& part) {
  const base::Instant end = In(std::chrono::seconds(20));
  while (!part.done() && std::chrono::steady_clock::now() < end) {
    part.Step();
    if (part.done()) break;
    os::Waits waits;
    part.Wait(waits);
    waits.Sleep(end);
  }
  ASSERT_TRUE(part.done());
}

// A socket bound to a free port of 127.0.0.1.
class Local {
 public:
  explicit Local(int type) : socket_(socket(AF_INET, type | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    socklen_t size = sizeof address;
    EXPECT_EQ(getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    if (type == SOCK_STREAM) {
      EXPECT_EQ(listen(socket_.get(), 8), 0);
    }
  }
  [[nodiscard]] uint16_t port() const { return port_; }
  [[nodiscard]] int get() const { return socket_.get(); }
  void Close() { socket_.Close(); }

 private:
  os::Handle socket_;
  uint16_t port_ = 0;
};

// Takes one connection and does with it what the test wants, then closes it.
class OneConnection {
 public:
  explicit OneConnection(std::function<void(int)> serve)
      : local_(SOCK_STREAM), thread_([this, serve = std::move(serve)] {
          const os::Handle taken(accept(local_.get(), nullptr, nullptr));
          if (taken.ok()) serve(taken.get());
        }) {}
  ~OneConnection() {
    shutdown(local_.get(), SHUT_RDWR);
    thread_.join();
  }
  OneConnection(const OneConnection&) = delete;
  OneConnection& operator=(const OneConnection&) = delete;
  [[nodiscard]] uint16_t port() const { return local_.port(); }

 private:
  Local local_;
  std::thread thread_;
};

inline void SendReset(int connection) {
  const linger now{1, 0};
  setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

inline std::string ReadSome(int connection) {
  std::array<char, 4096> buffer{};
  const ssize_t got = recv(connection, buffer.data(), buffer.size(), 0);
  return {buffer.data(), static_cast<size_t>(std::max<ssize_t>(got, 0))};
}

inline void SendAll(int connection, const std::string& text) {
  EXPECT_EQ(send(connection, text.data(), text.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(text.size()));
}

// A connection to a port of 127.0.0.1, as a channel wants it.
inline os::Handle ConnectedTo(uint16_t port) {
  int error = 0;
  os::Handle socket =
      os::Connect(os::ParseAddress("127.0.0.1", port), os::SocketType::kStream, &error);
  EXPECT_EQ(error, 0);
  os::Waits waits;
  waits.ToWrite(socket.get());
  waits.Sleep(In(std::chrono::seconds(5)));
  return socket;
}

}  // namespace casepack::tests
