#include "collector/os/net_channel.h"

#include <gtest/gtest.h>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

Channel::Moved ReadWhenThere(Channel& channel, std::string* got) {
  std::array<char, 64> buffer{};
  for (int i = 0; i < 100; ++i) {
    const Channel::Moved moved = channel.Read(buffer.data(), buffer.size());
    if (moved.how != Channel::How::kAgain) {
      got->assign(buffer.data(), moved.bytes);
      return moved;
    }
    Waits waits;
    channel.Wait(waits, false);
    waits.Sleep(tests::In(std::chrono::milliseconds(100)));
  }
  return {};
}

TEST(NetChannel, CarriesBytesBothWays) {
  const tests::OneConnection server(
      [](int taken) { tests::SendAll(taken, tests::ReadSome(taken) + "!"); });
  Channel channel(tests::ConnectedTo(server.port()));
  std::array<char, 4> buffer{};
  EXPECT_EQ(channel.Read(buffer.data(), buffer.size()).how, Channel::How::kAgain);
  const Channel::Moved sent = channel.Write("hello");
  EXPECT_EQ(sent.how, Channel::How::kSome);
  EXPECT_EQ(sent.bytes, 5U);
  std::string got;
  EXPECT_EQ(ReadWhenThere(channel, &got).how, Channel::How::kSome);
  EXPECT_EQ(got, "hello!");
  const Channel::Moved end = ReadWhenThere(channel, &got);
  EXPECT_EQ(end.how, Channel::How::kClosed);
  EXPECT_EQ(end.reason, "closed");
}

TEST(NetChannel, TellsAReset) {
  const tests::OneConnection server(tests::SendReset);
  Channel channel(tests::ConnectedTo(server.port()));
  std::string got;
  const Channel::Moved end = ReadWhenThere(channel, &got);
  EXPECT_EQ(end.how, Channel::How::kFailed);
  EXPECT_EQ(end.reason, "reset");
}

}  // namespace
}  // namespace casepack::os
