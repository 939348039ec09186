#include "collector/os/net_client.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "collector/os/net_certificate.h"
#include "tests/os/tls_server.h"

namespace casepack::os {
namespace {

using base::Code;

constexpr const char* kSecret = "api-secret-key: s3cret\r\n";

class NetClient : public ::testing::Test {
 protected:
  NetClient() {
    std::signal(SIGPIPE, SIG_IGN);
    settings_.getent = "/usr/bin/getent";
    limits_.layer = std::chrono::seconds(5);
    limits_.answer = std::chrono::seconds(5);
    limits_.max_body = 1000;
    server_.target.scheme = ProbeScheme::kHttps;
    server_.target.host = "localhost";
    server_.roots_pem = root_.Pem();
    call_ = {HttpMethod::kPost, "/api/x?expand=y", {{"api-secret-key", "s3cret"}}, "{}"};
  }

  // Reads a request, keeps it and says `answer`.
  std::function<void(SSL*)> Says(std::string answer) {
    return [this, answer](SSL* session) {
      heard_.resize(4096);
      const int got = SSL_read(session, heard_.data(), static_cast<int>(heard_.size()));
      heard_.resize(static_cast<size_t>(std::max(got, 0)));
      if (got > 0) SSL_write(session, answer.data(), static_cast<int>(answer.size()));
    };
  }

  base::Result<HttpResponse> Ask(const std::function<void(int)>& serve) {
    const tests::OneConnection server(serve);
    uint16_t& port = server_.target.proxy ? server_.target.proxy->port : server_.target.port;
    port = server.port();
    HttpsClient client(settings_, server_, limits_);
    return client.Call(call_, deadline_);
  }
  base::Result<HttpResponse> Ask(const tests::Signed& identity, const std::string& answer) {
    return Ask(tests::TlsServer(identity, {.then = Says(answer)}));
  }

  static std::string Arg(const base::Status& status, const std::string& name) {
    for (const auto& [given, value] : status.message().args) {
      if (given == name) return value;
    }
    return {};
  }

  tests::Signed root_ = tests::Sign("root.test", -10, 10);
  tests::Signed good_ = tests::Sign("localhost", -1, 1, &root_);
  tests::Signed self_ = tests::Sign("manager.test", -9, -3);  // and expired
  ProbeSettings settings_;
  HttpsLimits limits_;
  HttpsServer server_;
  HttpsCall call_;
  base::Deadline deadline_ = base::Deadline::After(std::chrono::seconds(20));
  std::string heard_;
};

const std::string kFine = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine";

TEST_F(NetClient, AsksAServerThatTheRootsVouchFor) {
  const auto answer = Ask(good_, kFine);
  ASSERT_TRUE(answer) << answer.error().message().key;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "fine");
  EXPECT_EQ(heard_, "POST /api/x?expand=y HTTP/1.1\r\nHost: localhost:" +
                        std::to_string(server_.target.port) +
                        "\r\nUser-Agent: casepack\r\nAccept-Encoding: identity\r\n"
                        "Connection: close\r\n" +
                        kSecret + "Content-Length: 2\r\n\r\n{}");
}

TEST_F(NetClient, AGetHasNoBody) {
  call_.method = HttpMethod::kGet;
  ASSERT_TRUE(Ask(good_, kFine));
  EXPECT_TRUE(heard_.starts_with("GET /api/x?expand=y HTTP/1.1\r\n"));
  EXPECT_EQ(heard_.find("Content-Length"), std::string::npos);
}

TEST_F(NetClient, SaysNothingToAServerThatIsNotTrusted) {
  const auto answer = Ask(self_, kFine);
  EXPECT_EQ(answer.error().code(), Code::kRefused);
  EXPECT_EQ(answer.error().message().key, "os.https.untrusted");
  EXPECT_EQ(Arg(answer.error(), "reason"), "expired");
  EXPECT_EQ(Arg(answer.error(), "subject"), "CN=manager.test");
  EXPECT_EQ(Arg(answer.error(), "sha256"), Describe(self_.certificate.get()).sha256);
  EXPECT_EQ(heard_, "");
}

TEST_F(NetClient, APinIsTheCertificateAndNothingElse) {
  server_.roots_pem.clear();
  server_.pin = Describe(self_.certificate.get()).sha256;
  EXPECT_TRUE(Ask(self_, kFine));
  heard_.clear();
  const auto answer = Ask(good_, kFine);
  EXPECT_EQ(answer.error().code(), Code::kRefused);
  EXPECT_EQ(answer.error().message().key, "os.https.wrong_pin");
  EXPECT_EQ(heard_, "");
  server_.roots_pem = root_.Pem();  // the roots do not help one that is not the pinned one
  EXPECT_EQ(Ask(good_, kFine).error().message().key, "os.https.wrong_pin");
  EXPECT_EQ(heard_, "");
}

TEST_F(NetClient, OldProtocolsGetNoSecret) {
  const auto old = [this](const tests::Signed& identity) {
    return tests::TlsServer(
        identity,
        {.min_version = TLS1_VERSION, .max_version = TLS1_1_VERSION, .then = Says(kFine)});
  };
  EXPECT_EQ(Ask(old(good_)).error().message().key, "os.https.tls");
  server_.pin = Describe(self_.certificate.get()).sha256;
  EXPECT_EQ(Ask(old(self_)).error().message().key, "os.https.tls");
  EXPECT_EQ(heard_, "");
}

TEST_F(NetClient, AServerThatWantsACertificateOfOursIsNotAsked) {
  const auto answer =
      Ask(tests::TlsServer(good_, {.wants_certificate = true, .then = Says(kFine)}));
  EXPECT_EQ(answer.error().message().key, "os.https.client_certificate");
}

TEST_F(NetClient, TellsWhatDoesNotSpeakTls) {
  const auto answer = Ask([](int taken) { tests::SendAll(taken, "SSH-2.0-x\r\n"); });
  EXPECT_EQ(answer.error().message().key, "os.https.tls");
  EXPECT_EQ(Arg(answer.error(), "host"), "localhost");
}

TEST_F(NetClient, GoesThroughAProxy) {
  std::string asked;
  const auto inner = tests::TlsServer(good_, {.then = Says(kFine)});
  const auto serve = [&](int taken) {
    asked = tests::ReadSome(taken);
    tests::SendAll(taken, "HTTP/1.1 200 Established\r\n\r\n");
    inner(taken);
  };
  server_.target.port = 4119;
  server_.target.proxy = ProbeProxy{"127.0.0.1", 0, "me", "pass"};
  const auto answer = Ask(serve);
  ASSERT_TRUE(answer) << answer.error().message().key << Arg(answer.error(), "reason");
  EXPECT_TRUE(asked.starts_with("CONNECT localhost:4119 HTTP/1.1\r\n"));
  EXPECT_EQ(asked.find("s3cret"), std::string::npos);
  const auto refused = Ask(
      [](int taken) { tests::ReadSome(taken), tests::SendAll(taken, "HTTP/1.1 407 No\r\n\r\n"); });
  EXPECT_EQ(refused.error().message().key, "os.https.proxy");
  EXPECT_EQ(Arg(refused.error(), "reason"), "proxy_auth");
}

TEST_F(NetClient, ARedirectIsAnAnswerLikeAnyOther) {
  const auto answer =
      Ask(good_, "HTTP/1.1 302 Found\r\nLocation: https://evil.test/\r\nContent-Length: 0\r\n\r\n");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
}

TEST_F(NetClient, WhatIsNoAnswerIsRefused) {
  EXPECT_EQ(Ask(good_, "hello\r\n").error().code(), Code::kInvalid);
  EXPECT_EQ(Arg(Ask(good_, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx").error(), "reason"),
            "cut_short");
  EXPECT_EQ(Ask(good_, "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n").error().code(),
            Code::kFull);
}

TEST_F(NetClient, AServerThatNeverStopsIsStopped) {
  const auto endless = [this](SSL* session) {
    Says("HTTP/1.1 200 OK\r\n\r\n")(session);
    const std::string more(8192, 'x');
    while (SSL_write(session, more.data(), static_cast<int>(more.size())) > 0) {
    }
  };
  EXPECT_EQ(Ask(tests::TlsServer(good_, {.then = endless})).error().code(), Code::kFull);
}

TEST_F(NetClient, AServerThatSaysNothingIsLate) {
  limits_.answer = std::chrono::milliseconds(200);
  const auto silent = [this](SSL* session) {
    Says("HTTP/1.1 200 OK\r\n")(session);
    char byte = 0;
    SSL_read(session, &byte, 1);  // until we are gone
  };
  const auto answer = Ask(tests::TlsServer(good_, {.then = silent}));
  EXPECT_EQ(answer.error().code(), Code::kTimedOut);
  EXPECT_EQ(answer.error().message().key, "os.https.answer");
}

TEST_F(NetClient, AStopFlagEndsIt) {
  base::StopFlag stop;
  stop.Raise();
  deadline_.stop = &stop;
  EXPECT_EQ(Ask(good_, kFine).error().code(), Code::kCancelled);
}

TEST_F(NetClient, NobodyThereIsTold) {
  server_.target.port = [] {
    tests::Local local(SOCK_STREAM);
    return local.port();
  }();
  HttpsClient refused(settings_, server_, limits_);
  EXPECT_EQ(Arg(refused.Call(call_, deadline_).error(), "reason"), "refused");
  server_.target.host = "no-such-host.invalid";
  HttpsClient unknown(settings_, server_, limits_);
  EXPECT_EQ(unknown.Call(call_, deadline_).error().message().key, "os.https.name");
}

TEST_F(NetClient, NoValueBecomesALineOfItsOwn) {
  HttpsClient client(settings_, server_, limits_);
  call_.headers[0].second = "x\r\nEvil: y";
  EXPECT_EQ(client.Call(call_, deadline_).error().message().key, "os.https.bad_request");
  call_.headers.clear();
  for (const char* path : {"/x y", "x", "", "/x\ny"}) {
    call_.path = path;
    EXPECT_EQ(client.Call(call_, deadline_).error().message().key, "os.https.bad_request") << path;
  }
}

TEST(Fingerprint, IsReadAsPeopleWriteIt) {
  const std::string digits(64, 'a');
  EXPECT_EQ(ParseFingerprint(digits), digits);
  std::string colons;
  for (int i = 0; i < 32; ++i)
    colons += i == 0 ? "AA" : ":AA";
  EXPECT_EQ(ParseFingerprint(colons), digits);
  EXPECT_FALSE(ParseFingerprint(""));
  EXPECT_FALSE(ParseFingerprint(digits + "a"));
  EXPECT_FALSE(ParseFingerprint("g" + digits.substr(1)));
}

}  // namespace
}  // namespace casepack::os
