#include "collector/os/net_probe.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

ProbeTarget Tcp(uint16_t port) {
  ProbeTarget target;
  target.host = "127.0.0.1";
  target.port = port;
  return target;
}

size_t Threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<size_t>(std::distance(begin(tasks), end(tasks)));
}

TEST(NetProbe, NobodyIsProbedInNoTime) { EXPECT_TRUE(RunProbes({}, {}, {}).empty()); }

// More than are begun at once, half of them at a server whose queue is full.
TEST(NetProbe, HalfOfManyHang) {
  const tests::Local good(SOCK_STREAM);
  ASSERT_EQ(listen(good.get(), 200), 0);
  const tests::Local full(SOCK_STREAM);
  ASSERT_EQ(listen(full.get(), 0), 0);
  const Handle filler = tests::ConnectedTo(full.port());
  std::vector<ProbeTarget> targets;
  for (int i = 0; i < 50; ++i) {
    targets.push_back(Tcp(good.port()));
    targets.push_back(Tcp(full.port()));
  }
  ProbeLimits limits;
  limits.layer = std::chrono::milliseconds(500);
  const size_t before = Threads();
  const auto reports = RunProbes(targets, {}, limits);
  EXPECT_EQ(Threads(), before);
  ASSERT_EQ(reports.size(), 100U);
  for (size_t i = 0; i < reports.size(); ++i) {
    EXPECT_EQ(reports[i].tcp.state == LayerState::kOk, i % 2 == 0) << i;
    if (i % 2 == 1) {
      EXPECT_EQ(reports[i].tcp.reason, "timeout") << i;
    }
  }
}

TEST(NetProbe, EndsWithTheWholeDeadline) {
  const tests::Local full(SOCK_STREAM);
  ASSERT_EQ(listen(full.get(), 0), 0);
  const Handle filler = tests::ConnectedTo(full.port());
  ProbeLimits limits;
  limits.layer = std::chrono::hours(1);
  limits.whole = base::Deadline::After(std::chrono::milliseconds(200));
  const auto reports = RunProbes({Tcp(full.port())}, {}, limits);
  EXPECT_EQ(reports.at(0).tcp.reason, "timeout");
}

TEST(NetProbe, EndsWhenItIsToldTo) {
  const tests::Local full(SOCK_STREAM);
  ASSERT_EQ(listen(full.get(), 0), 0);
  const Handle filler = tests::ConnectedTo(full.port());
  base::StopFlag stop;
  ProbeLimits limits;
  limits.layer = std::chrono::hours(1);
  limits.whole = base::Deadline::After(std::chrono::hours(1), &stop);
  std::thread soon([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop.Raise();
  });
  const auto reports = RunProbes({Tcp(full.port())}, {}, limits);
  soon.join();
  EXPECT_EQ(reports.at(0).tcp.reason, "interrupted");
}

}  // namespace
}  // namespace casepack::os
