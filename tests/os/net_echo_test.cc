#include "collector/os/net_echo.h"

#include <gtest/gtest.h>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

// Root may always ask; another user where the system says so.
TEST(NetEcho, LoopbackAnswers) {
  for (const char* address : {"127.0.0.1", "::1"}) {
    Echo echo(address, 77, tests::In(std::chrono::seconds(2)));
    tests::Work(echo);
    if (echo.result().state == LayerState::kNotPermitted) {
      EXPECT_NE(geteuid(), 0U);
      EXPECT_EQ(echo.result().reason, "not_permitted");
      GTEST_SKIP() << "this user may not ping";
    }
    if (echo.result().reason == "no_own_address") GTEST_SKIP() << "no IPv6 here";
    EXPECT_TRUE(echo.ok()) << address << " " << echo.result().reason;
    EXPECT_EQ(echo.result().interface, "lo");
  }
}

TEST(NetEcho, ManyAtOnceGetTheirOwnAnswers) {
  std::vector<std::unique_ptr<Echo>> echoes;
  for (uint16_t i = 0; i < 20; ++i)
    echoes.push_back(std::make_unique<Echo>("127.0.0.1", i, tests::In(std::chrono::seconds(2))));
  for (const auto& echo : echoes) {
    tests::Work(*echo);
    EXPECT_TRUE(echo->ok() || echo->result().state == LayerState::kNotPermitted);
  }
}

}  // namespace
}  // namespace casepack::os
