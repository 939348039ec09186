#include "collector/os/net_clock.h"

#include <gtest/gtest.h>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

constexpr int64_t kEra = 2'208'988'800;

// Answers one question with a clock that is `ahead` of ours.
class TimeServer {
 public:
  TimeServer(std::chrono::seconds ahead, unsigned char stratum, unsigned char head = 0x24)
      : local_(SOCK_DGRAM), thread_([this, ahead, stratum, head] {
          std::array<unsigned char, 48> packet{};
          sockaddr_storage peer{};
          socklen_t size = sizeof peer;
          auto* to = reinterpret_cast<sockaddr*>(&peer);
          if (recvfrom(local_.get(), packet.data(), packet.size(), 0, to, &size) != 48) return;
          std::copy(packet.begin() + 40, packet.end(), packet.begin() + 24);
          packet[0] = head;
          packet[1] = stratum;
          const auto now = std::chrono::system_clock::now() + ahead;
          const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
          const auto value = static_cast<uint32_t>(seconds.count() + kEra);
          for (const size_t at : {32U, 40U}) {
            for (size_t i = 0; i < 4; ++i)
              packet.at(at + i) = static_cast<unsigned char>(value >> (24U - 8U * i));
            std::fill(packet.begin() + at + 4, packet.begin() + at + 8, 0);
          }
          sendto(local_.get(), packet.data(), packet.size(), 0, to, size);
        }) {}
  ~TimeServer() {
    shutdown(local_.get(), SHUT_RDWR);
    thread_.join();
  }
  TimeServer(const TimeServer&) = delete;
  TimeServer& operator=(const TimeServer&) = delete;
  [[nodiscard]] uint16_t port() const { return local_.port(); }

 private:
  tests::Local local_;
  std::thread thread_;
};

NtpLayer Ask(uint16_t port) {
  ClockQuestion question("127.0.0.1", port, tests::In(std::chrono::seconds(3)));
  tests::Work(question);
  return question.result();
}

TEST(NetClock, AgreesWithAGoodServer) {
  const TimeServer server(std::chrono::seconds(0), 2);
  const NtpLayer found = Ask(server.port());
  EXPECT_EQ(found.state, LayerState::kOk) << found.reason;
  EXPECT_EQ(found.stratum, 2);
  EXPECT_LT(std::chrono::abs(found.offset.value()), std::chrono::seconds(2));
}

TEST(NetClock, SeesThatWeAreOff) {
  for (const int ahead : {7200, -7200}) {
    const TimeServer server(std::chrono::seconds(ahead), 2);
    const NtpLayer found = Ask(server.port());
    EXPECT_EQ(found.reason, "clock_off");
    EXPECT_LT(std::chrono::abs(found.offset.value() - std::chrono::seconds(ahead)),
              std::chrono::seconds(2));
  }
}

TEST(NetClock, BelievesNoServerThatHasNoTime) {
  const TimeServer kiss(std::chrono::seconds(0), 0);
  EXPECT_EQ(Ask(kiss.port()).reason, "kiss_of_death");
  const TimeServer alone(std::chrono::seconds(0), 16);
  EXPECT_EQ(Ask(alone.port()).reason, "unsynchronised");
  const TimeServer alarm(std::chrono::seconds(0), 2, 0xE4);
  EXPECT_EQ(Ask(alarm.port()).reason, "unsynchronised");
}

TEST(NetClock, TellsRefused) {
  tests::Local nobody(SOCK_DGRAM);
  nobody.Close();
  EXPECT_EQ(Ask(nobody.port()).reason, "refused");
}

}  // namespace
}  // namespace casepack::os
