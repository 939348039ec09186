#include "collector/os/net_url.h"

#include <gtest/gtest.h>

namespace casepack::os {
namespace {

TEST(NetUrl, ReadsTargets) {
  const auto tcp = ParseTarget("tcp://dsm.example.com:4120");
  ASSERT_TRUE(tcp);
  EXPECT_EQ(tcp->scheme, ProbeScheme::kTcp);
  EXPECT_EQ(tcp->host, "dsm.example.com");
  EXPECT_EQ(tcp->port, 4120);
  EXPECT_EQ(ParseTarget("dsm:4120")->scheme, ProbeScheme::kTcp);
  EXPECT_EQ(ParseTarget("https://a.example")->port, 443);
  EXPECT_EQ(ParseTarget("http://a.example:8080/x?y=z")->path, "/x?y=z");
  EXPECT_EQ(ParseTarget("http://a.example")->path, "/");
  EXPECT_EQ(ParseTarget("tls://[2001:db8::1]:4122")->host, "2001:db8::1");
  EXPECT_EQ(ParseTarget("icmp://2001:db8::1")->host, "2001:db8::1");
  EXPECT_EQ(ParseTarget("dns://name")->scheme, ProbeScheme::kDns);
  EXPECT_EQ(ParseTarget("ntp://clock.example")->port, 123);
}

TEST(NetUrl, RefusesWhatIsNone) {
  for (const char* bad : {"",
                          "tcp://",
                          "tcp://host",
                          "host",
                          "tls://host:0",
                          "tcp://host:65536",
                          "tcp://host:4x",
                          "ftp://host:21",
                          "tcp://-oProxy:22",
                          "tcp://a b:1",
                          "tcp://a..b:1",
                          "tcp://.a:1",
                          "https://user:word@host/",
                          "icmp://host:7",
                          "dns://name:53",
                          "tcp://host:1/path",
                          "tcp://[host]:1",
                          "tcp://[::1:1",
                          "http://host/a b",
                          "http://host/\r\nX: y",
                          "tcp://host\n:1"}) {
    const auto parsed = ParseTarget(bad);
    EXPECT_FALSE(parsed) << bad;
    if (!parsed) {
      EXPECT_EQ(parsed.error().code(), base::Code::kInvalid) << bad;
    }
  }
}

TEST(NetUrl, ReadsProxies) {
  const auto plain = ParseProxy("proxy.example:8080");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->host, "proxy.example");
  EXPECT_EQ(plain->port, 8080);
  EXPECT_TRUE(plain->user.empty());
  const auto full = ParseProxy("http://ann:s%40cret%3Aword@[2001:db8::1]:3128/");
  ASSERT_TRUE(full);
  EXPECT_EQ(full->user, "ann");
  EXPECT_EQ(full->password, "s@cret:word");
  EXPECT_EQ(full->host, "2001:db8::1");
  EXPECT_EQ(ParseProxy("http://ann:a@b@p:1")->password, "a@b");
}

TEST(NetUrl, AProxyThatIsNoneIsNotRepeated) {
  for (const char* bad : {"", "proxy", "ann:hunter2", "http://ann:hunter2@", "socks5://p:1"}) {
    const auto parsed = ParseProxy(bad);
    ASSERT_FALSE(parsed) << bad;
    EXPECT_TRUE(parsed.error().message().args.empty()) << bad;
  }
}

TEST(NetUrl, NamesItsSchemes) {
  EXPECT_EQ(SchemeName(ProbeScheme::kTls), "tls");
  EXPECT_EQ(SchemeName(ProbeScheme::kNtp), "ntp");
}

}  // namespace
}  // namespace casepack::os
