#include "collector/os/net_address.h"

#include <gtest/gtest.h>

#include <cerrno>

#include "tests/os/net_fixture.h"

namespace casepack::os {
namespace {

TEST(NetAddress, ReadsAddressesAndNothingElse) {
  for (const char* good : {"192.0.2.1", "2001:db8::1", "::1", "fe80::1%lo"})
    EXPECT_TRUE(IsAddress(good)) << good;
  for (const char* bad : {"", "localhost", "192.0.2", "192.0.2.1:80", "[::1]", "fe80::1%nowhere0",
                          "0x7f.1", "192.0.2.1 "})
    EXPECT_FALSE(IsAddress(bad)) << bad;
}

TEST(NetAddress, WritesOneForm) {
  EXPECT_EQ(Normal("2001:DB8:0:0::1"), "2001:db8::1");
  EXPECT_EQ(Normal("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(Normal("no address"), "no address");
  EXPECT_EQ(FormatAddress(ParseAddress("fe80::1%lo", 1)), "fe80::1%lo");
  EXPECT_TRUE(ParseAddress("::1", 1).is_ipv6());
  EXPECT_FALSE(ParseAddress("127.0.0.1", 1).is_ipv6());
  EXPECT_FALSE(ParseAddress("x", 1).ok());
}

TEST(NetAddress, KnowsItsOwnEndOfAConnection) {
  const tests::Local server(SOCK_STREAM);
  const Handle socket = tests::ConnectedTo(server.port());
  EXPECT_EQ(FormatAddress(OwnAddress(socket)), "127.0.0.1");
  EXPECT_EQ(InterfaceOf(OwnAddress(socket)), "lo");
  EXPECT_EQ(InterfaceOf(ParseAddress("192.0.2.77", 0)), "");
}

TEST(NetAddress, HasAWordForEachError) {
  EXPECT_EQ(ReasonOfError(ECONNREFUSED), "refused");
  EXPECT_EQ(ReasonOfError(ETIMEDOUT), "timeout");
  EXPECT_EQ(ReasonOfError(EHOSTUNREACH), "host_unreachable");
  EXPECT_EQ(ReasonOfError(ENETUNREACH), "network_unreachable");
  EXPECT_EQ(ReasonOfError(ECONNRESET), "reset");
  EXPECT_EQ(ReasonOfError(EPERM), "blocked_here");
  EXPECT_EQ(ReasonOfError(EMFILE), "error_EMFILE");
}

}  // namespace
}  // namespace casepack::os
