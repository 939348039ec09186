#include "collector/os/net_connect.h"

#include <gtest/gtest.h>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

constexpr auto kTime = std::chrono::seconds(5);
constexpr auto kLinger = std::chrono::milliseconds(300);

TEST(NetConnect, ReachesAServer) {
  const tests::Local server(SOCK_STREAM);
  Connector connector("127.0.0.1", server.port(), {}, tests::In(kTime));
  tests::Work(connector);
  EXPECT_TRUE(connector.ok());
  EXPECT_EQ(connector.result().source, "127.0.0.1");
  EXPECT_EQ(connector.result().interface, "lo");
  EXPECT_TRUE(connector.TakeSocket().ok());
}

TEST(NetConnect, IsRefused) {
  tests::Local server(SOCK_STREAM);
  server.Close();
  Connector connector("127.0.0.1", server.port(), {}, tests::In(kTime));
  tests::Work(connector);
  EXPECT_EQ(connector.result().state, LayerState::kFailed);
  EXPECT_EQ(connector.result().reason, "refused");
}

TEST(NetConnect, SeesAResetBehindTheConnection) {
  const tests::OneConnection server(tests::SendReset);
  Connector connector("127.0.0.1", server.port(), kLinger, tests::In(kTime));
  tests::Work(connector);
  EXPECT_EQ(connector.result().reason, "reset");
}

TEST(NetConnect, IsContentWithAServerThatClosesOrSpeaks) {
  for (const char* greeting : {"", "220 hello\r\n"}) {
    const tests::OneConnection server([&](int taken) { tests::SendAll(taken, greeting); });
    Connector connector("127.0.0.1", server.port(), kLinger, tests::In(kTime));
    tests::Work(connector);
    EXPECT_TRUE(connector.ok()) << greeting;
  }
}

TEST(NetConnect, TimesOutWhereNobodyTakesTheConnection) {
  const tests::Local server(SOCK_STREAM);
  ASSERT_EQ(listen(server.get(), 0), 0);
  const Handle first = tests::ConnectedTo(server.port());  // the queue is full now
  Connector connector("127.0.0.1", server.port(), {}, tests::In(std::chrono::milliseconds(300)));
  tests::Work(connector);
  EXPECT_EQ(connector.result().reason, "timeout");
  EXPECT_GE(connector.result().took, std::chrono::milliseconds(300));
}

TEST(NetConnect, HasNoUseForAName) {
  Connector connector("localhost", 1, {}, tests::In(kTime));
  EXPECT_TRUE(connector.done());
  EXPECT_EQ(connector.result().state, LayerState::kFailed);
}

}  // namespace
}  // namespace casepack::os
