#include "collector/os/net_tls.h"

#include <gtest/gtest.h>

#include "tests/os/tls_server.h"

namespace casepack::os {
namespace {

class NetTls : public ::testing::Test {
 protected:
  NetTls() { std::signal(SIGPIPE, SIG_IGN); }

  TlsLayer Shake(const std::function<void(int)>& serve, Trust trust,
                 const std::string& host = "good.test",
                 base::Duration time = std::chrono::seconds(5)) {
    const tests::OneConnection server(serve);
    const TlsSettings settings(root_.Pem());
    Channel channel(tests::ConnectedTo(server.port()));
    Handshake handshake(settings, channel, host, trust, tests::In(time));
    tests::Work(handshake);
    return handshake.result();
  }
  TlsLayer Shake(const tests::Signed& identity, Trust trust, const std::string& host = "good.test",
                 const tests::ServerWishes& wishes = {}) {
    return Shake(tests::TlsServer(identity, wishes), trust, host);
  }

  tests::Signed root_ = tests::Sign("root.test", -10, 10);
  tests::Signed good_ = tests::Sign("good.test", -1, 1, &root_);
  tests::Signed self_ = tests::Sign("self.test", -1, 1);
};

TEST_F(NetTls, AGoodServerIsGood) {
  const TlsLayer found = Shake(good_, Trust::kSystemRoots);
  EXPECT_EQ(found.state, LayerState::kOk) << found.reason;
  EXPECT_EQ(found.protocol, "TLSv1.3");
  EXPECT_FALSE(found.cipher.empty());
  ASSERT_EQ(found.chain.size(), 1U);
  EXPECT_EQ(found.chain[0].issuer, "CN=root.test");
  EXPECT_TRUE(found.problems.empty());
  EXPECT_EQ(found.client_certificate, "");
}

TEST_F(NetTls, ACertificateThatIsNotGoodFails) {
  EXPECT_EQ(Shake(self_, Trust::kSystemRoots, "self.test").reason, "self_signed");
  EXPECT_EQ(Shake(good_, Trust::kSystemRoots, "other.test").reason, "wrong_name");
  EXPECT_EQ(Shake(tests::Sign("good.test", -9, -3, &root_), Trust::kSystemRoots).reason, "expired");
}

TEST_F(NetTls, WhereAnyIsFineOnlyDatesCount) {
  const TlsLayer found = Shake(self_, Trust::kAnyCertificate, "other.test");
  EXPECT_EQ(found.state, LayerState::kOk);
  EXPECT_EQ(found.problems, (std::vector<std::string>{"self_signed", "wrong_name"}));
  EXPECT_EQ(Shake(tests::Sign("x.test", -9, -3), Trust::kAnyCertificate).reason, "expired");
  EXPECT_EQ(Shake(tests::Sign("x.test", 3, 9), Trust::kAnyCertificate).reason, "not_yet_valid");
}

TEST_F(NetTls, AServerThatWantsOurCertificateIsReached) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const TlsLayer found =
        Shake(good_, Trust::kSystemRoots, "good.test",
              {.min_version = version, .max_version = version, .wants_certificate = true});
    EXPECT_EQ(found.state, LayerState::kOk) << version << found.reason;
    EXPECT_EQ(found.client_certificate, "required") << version;
    EXPECT_EQ(found.chain.size(), 1U) << version;
  }
}

TEST_F(NetTls, OldProtocolsAreSpokenAndNotAccepted) {
  const TlsLayer found = Shake(good_, Trust::kSystemRoots, "good.test",
                               {.min_version = TLS1_VERSION, .max_version = TLS1_VERSION});
  EXPECT_EQ(found.reason, "old_protocol");
  EXPECT_EQ(found.protocol, "TLSv1");
}

TEST_F(NetTls, TellsWhatIsNoTls) {
  const auto say = [](const char* text) {
    return [text](int taken) {
      tests::ReadSome(taken);
      tests::SendAll(taken, text);
      tests::ReadSome(taken);
    };
  };
  EXPECT_EQ(Shake(say("HTTP/1.1 400 Bad Request\r\n\r\n"), Trust::kSystemRoots).reason, "not_tls");
  EXPECT_EQ(Shake([](int taken) { tests::ReadSome(taken); }, Trust::kSystemRoots).reason, "closed");
  EXPECT_EQ(
      Shake([](int taken) { tests::SendReset(taken), tests::ReadSome(taken); }, Trust::kSystemRoots)
          .reason,
      "reset");
  EXPECT_EQ(Shake([](int taken) { tests::ReadSome(taken), tests::ReadSome(taken); },
                  Trust::kSystemRoots, "x", std::chrono::milliseconds(200))
                .reason,
            "timeout");
}

}  // namespace
}  // namespace casepack::os
