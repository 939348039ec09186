#include "collector/os/net_http.h"

#include <gtest/gtest.h>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

ProbeTarget Target() {
  ProbeTarget target;
  target.scheme = ProbeScheme::kHttps;
  target.host = "web.test";
  target.port = 443;
  target.path = "/x";
  return target;
}

HttpLayer Talk(const std::string& answer, Answerer answerer, std::string* heard = nullptr) {
  const tests::OneConnection server([&](int taken) {
    const std::string request = tests::ReadSome(taken);
    if (heard != nullptr) *heard = request;
    tests::SendAll(taken, answer);
  });
  Channel channel(tests::ConnectedTo(server.port()));
  Exchange exchange(channel, HeadRequest(Target(), false), answerer,
                    tests::In(std::chrono::seconds(5)));
  tests::Work(exchange);
  return exchange.result();
}

TEST(NetHttp, WritesRequests) {
  ProbeTarget target = Target();
  EXPECT_EQ(HeadRequest(target, false),
            "HEAD /x HTTP/1.1\r\nHost: web.test:443\r\nUser-Agent: casepack\r\nAccept: */*\r\n"
            "Connection: close\r\n\r\n");
  EXPECT_EQ(ConnectRequest(target),
            "CONNECT web.test:443 HTTP/1.1\r\nHost: web.test:443\r\nUser-Agent: casepack\r\n"
            "Accept: */*\r\n\r\n");
  target.host = "2001:db8::1";
  EXPECT_EQ(Authority(target), "[2001:db8::1]:443");
  target.proxy = ProbeProxy{"proxy", 8080, "Aladdin", "open sesame"};  // RFC 7617's own example
  const std::string header = "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n";
  EXPECT_NE(ConnectRequest(target).find(header), std::string::npos);
  EXPECT_NE(HeadRequest(target, true).find(header), std::string::npos);
  // Only the proxy gets them.
  EXPECT_EQ(HeadRequest(target, false).find("Basic"), std::string::npos);
  EXPECT_TRUE(HeadRequest(target, true).starts_with("HEAD http://[2001:db8::1]:443/x HTTP/1.1"));
}

TEST(NetHttp, ReadsHeads) {
  const auto head = ParseHead(
      "HTTP/1.1 404 Not Found\r\nDATE: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: x/1\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 404);
  EXPECT_EQ(head->server, "x/1");
  EXPECT_EQ(base::FormatUtc(head->date.value()), "1994-11-06T08:49:37Z");
  for (const char* bad : {"", "HTTP/1.1", "HTTP/1.1 x00 OK", "SSH-2.0-x", "HTTP/2 200 OK\r\n\r\n"})
    EXPECT_FALSE(ParseHead(bad)) << bad;
  for (const char* bad : {"", "now", "Sun, 06 Xxx 1994 08:49:37 GMT",
                          "Sun, 06 Nov 1994 08:49:37 JST", "Sun, 99 Nov 1994 08:49:37 GMT"})
    EXPECT_FALSE(ParseHttpDate(bad)) << bad;
}

TEST(NetHttp, JudgesAServer) {
  std::string heard;
  EXPECT_EQ(Talk("HTTP/1.1 200 OK\r\n\r\n", Answerer::kOrigin, &heard).state, LayerState::kOk);
  EXPECT_TRUE(heard.starts_with("HEAD /x "));
  EXPECT_EQ(Talk("HTTP/1.1 403 No\r\n\r\n", Answerer::kOrigin).state, LayerState::kOk);
  EXPECT_EQ(Talk("HTTP/1.1 503 No\r\n\r\n", Answerer::kOrigin).reason, "server_error");
  EXPECT_EQ(Talk("HTTP/1.1 407 No\r\n\r\n", Answerer::kOrigin).reason, "proxy_auth");
  EXPECT_EQ(Talk("HTTP/1.1 403 No\r\n\r\n", Answerer::kEither).reason, "forbidden");
  EXPECT_EQ(Talk("HTTP/1.1 404 No\r\n\r\n", Answerer::kEither).state, LayerState::kOk);
  EXPECT_EQ(Talk("SSH-2.0-OpenSSH_9.2\r\n", Answerer::kOrigin).reason, "not_http");
  EXPECT_EQ(Talk("", Answerer::kOrigin).reason, "closed");
  EXPECT_EQ(Talk(std::string(20'000, 'x'), Answerer::kOrigin).reason, "not_http");
}

TEST(NetHttp, JudgesAProxy) {
  EXPECT_EQ(Talk("HTTP/1.0 200 Connection established\r\n\r\n", Answerer::kProxy).state,
            LayerState::kOk);
  const std::pair<const char*, const char*> cases[] = {
      {"407", "proxy_auth"},         {"401", "unauthorized"},       {"403", "forbidden"},
      {"502", "proxy_cannot_reach"}, {"500", "proxy_cannot_reach"}, {"302", "http_302"}};
  for (const auto& [status, reason] : cases) {
    const HttpLayer found =
        Talk(std::string("HTTP/1.1 ") + status + " x\r\n\r\n", Answerer::kProxy);
    EXPECT_EQ(found.reason, reason);
    EXPECT_EQ(std::to_string(found.status), status);
  }
}

TEST(NetHttp, TimesOut) {
  const tests::OneConnection server(
      [](int taken) { tests::ReadSome(taken), tests::ReadSome(taken); });
  Channel channel(tests::ConnectedTo(server.port()));
  Exchange exchange(channel, "HEAD / HTTP/1.1\r\n\r\n", Answerer::kOrigin,
                    tests::In(std::chrono::milliseconds(200)));
  tests::Work(exchange);
  EXPECT_EQ(exchange.result().reason, "timeout");
}

}  // namespace
}  // namespace casepack::os
