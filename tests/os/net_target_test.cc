#include "collector/os/net_target.h"

#include <gtest/gtest.h>

#include "tests/os/tls_server.h"
#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

class NetTarget : public ::testing::Test {
 protected:
  NetTarget() { std::signal(SIGPIPE, SIG_IGN); }

  ProbeReport Probe(const ProbeTarget& target) {
    const TlsSettings tls(root_.Pem());
    TargetProbe probe(target, 1, {settings_, tls, limits_});
    tests::Work(probe);
    return probe.Report();
  }
  static ProbeTarget Target(ProbeScheme scheme, uint16_t port, std::string host = "127.0.0.1") {
    ProbeTarget target;
    target.scheme = scheme;
    target.host = std::move(host);
    target.port = port;
    return target;
  }
  // A name that this getent knows as 127.0.0.1, and nobody else.
  void KnowsNames(const std::string& body = "echo 127.0.0.1 STREAM") {
    tree_.Write("getent", "#!/bin/sh\n" + body + "\n");
    EXPECT_EQ(chmod(tree_.Path("getent").c_str(), 0755), 0);
    settings_.getent = tree_.Path("getent");
  }

  tests::TempTree tree_;
  tests::Signed root_ = tests::Sign("root.test", -10, 10);
  tests::Signed good_ = tests::Sign("good.test", -1, 1, &root_);
  ProbeSettings settings_;  // no getent, no servers
  ProbeLimits limits_;
};

TEST_F(NetTarget, GoesThroughNameConnectionTlsAndHttp) {
  KnowsNames();
  const auto answer = [](SSL* session) {
    std::array<char, 1024> buffer{};
    EXPECT_GT(SSL_read(session, buffer.data(), 1024), 0);
    const std::string said = "HTTP/1.1 204 No\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n\r\n";
    SSL_write(session, said.data(), static_cast<int>(said.size()));
  };
  const tests::OneConnection server(tests::TlsServer(good_, {.then = answer}));
  const ProbeReport report = Probe(Target(ProbeScheme::kHttps, server.port(), "good.test"));
  EXPECT_EQ(report.dns.state, LayerState::kOk) << report.dns.reason;
  EXPECT_EQ(report.tcp.state, LayerState::kOk) << report.tcp.reason;
  EXPECT_EQ(report.tls.state, LayerState::kOk) << report.tls.reason;
  EXPECT_EQ(report.http.status, 204) << report.http.reason;
  EXPECT_TRUE(report.http.date);
  EXPECT_EQ(report.proxy.reason, "not_asked");
  EXPECT_EQ(report.ntp.reason, "not_asked");
}

TEST_F(NetTarget, WhatFollowsAFailureIsSkippedAndSaysBehindWhat) {
  tests::Local nobody(SOCK_STREAM);
  nobody.Close();
  const ProbeReport refused = Probe(Target(ProbeScheme::kHttps, nobody.port()));
  EXPECT_EQ(refused.dns.reason, "is_address");
  EXPECT_EQ(refused.tcp.reason, "refused");
  EXPECT_EQ(refused.tls.state, LayerState::kSkipped);
  EXPECT_EQ(refused.tls.reason, "after_tcp");
  EXPECT_EQ(refused.http.reason, "after_tcp");
  KnowsNames("exit 2");
  const ProbeReport unknown = Probe(Target(ProbeScheme::kTls, 1, "none.test"));
  EXPECT_EQ(unknown.dns.reason, "not_found");
  EXPECT_EQ(unknown.tcp.reason, "after_dns");
  EXPECT_TRUE(unknown.tcp.attempts.empty());
}

TEST_F(NetTarget, GoesByTheProxy) {
  std::string heard;
  const auto tls = tests::TlsServer(good_);
  const tests::OneConnection proxy([&](int taken) {
    heard = tests::ReadSome(taken);
    tests::SendAll(taken, "HTTP/1.1 200 Connection established\r\n\r\n");
    tls(taken);
  });
  ProbeTarget target = Target(ProbeScheme::kTls, 4122, "good.test");
  target.proxy = ProbeProxy{"127.0.0.1", proxy.port(), "", ""};
  const ProbeReport report = Probe(target);
  EXPECT_TRUE(heard.starts_with("CONNECT good.test:4122 HTTP/1.1\r\n")) << heard;
  EXPECT_EQ(report.proxy.state, LayerState::kOk);
  EXPECT_EQ(report.tls.state, LayerState::kOk) << report.tls.reason;
}

TEST_F(NetTarget, AnyAddressThatAnswersIsEnough) {
  KnowsNames("echo 127.0.0.2 STREAM; echo 127.0.0.1 STREAM");
  const tests::Local server(SOCK_STREAM);
  const ProbeReport report = Probe(Target(ProbeScheme::kTcp, server.port(), "two.test"));
  EXPECT_EQ(report.tcp.state, LayerState::kOk);
  ASSERT_EQ(report.tcp.attempts.size(), 2U);
  EXPECT_EQ(report.tcp.attempts[0].reason, "refused");
  EXPECT_EQ(report.tcp.attempts[1].state, LayerState::kOk);
}

TEST_F(NetTarget, TellsWhatItHasWhenItIsStopped) {
  base::StopFlag stop;
  limits_.whole.stop = &stop;
  const tests::OneConnection silent(
      [](int taken) { tests::ReadSome(taken), tests::ReadSome(taken); });
  const ProbeTarget target = Target(ProbeScheme::kTls, silent.port());
  const TlsSettings tls("");
  TargetProbe probe(target, 1, {settings_, tls, limits_});
  for (int i = 0; i < 50; ++i) {
    probe.Step();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  EXPECT_FALSE(probe.done());
  EXPECT_EQ(probe.Report().tls.reason, "timeout");
  stop.Raise();
  EXPECT_EQ(probe.Report().tls.reason, "interrupted");
  EXPECT_EQ(probe.Report().tls.state, LayerState::kSkipped);
  EXPECT_EQ(probe.Report().tcp.state, LayerState::kOk);
}

}  // namespace
}  // namespace casepack::os
