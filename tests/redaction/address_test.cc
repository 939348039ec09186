#include "redaction/address.h"

#include <gtest/gtest.h>

#include <string>

namespace casepack::redaction {
namespace {

TEST(Address, Ipv4) {
  struct Row {
    std::string text;
    size_t length;
  };
  for (const Row& row : {Row{"10.1.2.3", 8},
                         {"10.1.2.3:80", 8},
                         {"255.255.255.255", 15},
                         {"010.001.002.003", 15},
                         {"10.1.2.3.4", 8},
                         {"10.1.2.256", 0},
                         {"10.1.2", 0},
                         {"10.1.2.", 0},
                         {"10.1.2.0003", 0},
                         {"10.01.2.3", 0},
                         {"10.1.2.300", 0},
                         {"", 0},
                         {"1..2.3", 0},
                         {"0.0.0.0", 7}}) {
    Ipv4 address;
    EXPECT_EQ(ReadIpv4(row.text, '.', &address), row.length) << row.text;
  }
  Ipv4 address;
  ASSERT_EQ(ReadIpv4("10-1-2-255", '-', &address), 10U);
  EXPECT_EQ(address, (Ipv4{10, 1, 2, 255}));
  EXPECT_EQ(ReadIpv4("10.1.2.3", '-', &address), 0U);
}

TEST(Address, SpellingsOfOneIpv6) {
  const Ipv6 wanted = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 8, 8, 0, 0x20, 0x0c, 0x41, 0x7a};
  for (const std::string text :
       {"2001:db8::8:800:200c:417a", "2001:DB8::8:800:200C:417A", "2001:db8:0:0:8:800:200c:417a",
        "2001:0db8:0000:0000:0008:0800:200c:417a", "2001:db8::8:800:32.12.65.122",
        "2001:db8:0::8:800:200c:417a"}) {
    Ipv6 address{};
    EXPECT_EQ(ReadIpv6(text, &address), text.size()) << text;
    EXPECT_EQ(address, wanted) << text;
    EXPECT_EQ(ReadIpv6(text + "%eth0", &address), text.size());
    EXPECT_EQ(ReadIpv6(text + "/64", &address), text.size());
  }
}

TEST(Address, Ipv6Lengths) {
  struct Row {
    std::string text;
    size_t length;
  };
  for (const Row& row : {Row{"::", 2},
                         {"::1", 3},
                         {"1::", 3},
                         {"fe80::1: x", 7},
                         {"::ffff:10.1.2.3:80", 15},
                         {"1:2:3:4:5:6:7::", 15},
                         {"1:2:3:4:5:6:7:8", 15},
                         {"1:2:3:4:5:6:7:8:9", 0},
                         {"1:2:3:4:5:6:7", 0},
                         {"1::2::3", 0},
                         {"12345::", 0},
                         {"1::g", 0},
                         {":::1", 0},
                         {"1:::2", 0},
                         {":1", 0},
                         {"", 0},
                         {"1:2:3:4:5:6:7:8::", 0},
                         {"fe80::1.546", 7},
                         {"1:2:3:4:5:6:7:1.2.3.4", 15},
                         {"12:39:27", 0}}) {
    Ipv6 address{};
    EXPECT_EQ(ReadIpv6(row.text, &address), row.length) << row.text;
  }
}

TEST(Address, Mapped) {
  Ipv6 address{};
  ASSERT_GT(ReadIpv6("::ffff:10.1.2.3", &address), 0U);
  EXPECT_TRUE(IsMapped(address));
  EXPECT_EQ(MappedIpv4(address), (Ipv4{10, 1, 2, 3}));
  ASSERT_GT(ReadIpv6("::10.1.2.3", &address), 0U);
  EXPECT_FALSE(IsMapped(address));
}

TEST(Address, WellKnownIpv4) {
  for (const Ipv4& a : {Ipv4{127, 0, 0, 1},
                        {0, 0, 0, 0},
                        {0, 0, 0, 255},
                        {255, 255, 255, 255},
                        {255, 255, 255, 128},
                        {224, 0, 0, 1},
                        {239, 1, 2, 3},
                        {192, 0, 2, 9},
                        {198, 51, 100, 1},
                        {203, 0, 113, 1}})
    EXPECT_TRUE(IsWellKnown(a)) << int{a[0]} << '.' << int{a[1]};
  for (const Ipv4& a : {Ipv4{10, 0, 0, 1},
                        {126, 0, 0, 1},
                        {128, 0, 0, 1},
                        {192, 0, 3, 1},
                        {198, 51, 101, 1},
                        {255, 255, 253, 0},
                        {223, 255, 255, 1}})
    EXPECT_FALSE(IsWellKnown(a)) << int{a[0]} << '.' << int{a[1]};
}

TEST(Address, RangesOfIpv6) {
  struct Row {
    std::string text;
    bool known;
    bool pseudonym;
  };
  for (const Row& row : {Row{"::1", true, false},
                         {"::", true, false},
                         {"::2", false, false},
                         {"ff02::1", true, false},
                         {"3fff:fff::1", true, false},
                         {"3fff:1000::1", false, false},
                         {"2001:db8::1", true, true},
                         {"2001:db9::1", false, false},
                         {"fe80::1", false, false},
                         {"::ffff:127.0.0.1", true, false},
                         {"::ffff:10.0.0.1", false, false},
                         {"::ffff:241.0.0.1", false, true}}) {
    Ipv6 address{};
    ASSERT_GT(ReadIpv6(row.text, &address), 0U);
    EXPECT_EQ(IsWellKnown(address), row.known) << row.text;
    EXPECT_EQ(IsPseudonym(address), row.pseudonym) << row.text;
  }
}

TEST(Address, Private) {
  EXPECT_TRUE(IsPrivate({10, 1, 2, 3}));
  EXPECT_FALSE(IsSurelyLocal({10, 1, 2, 3}));
  EXPECT_TRUE(IsSurelyLocal({172, 31, 0, 1}));
  EXPECT_FALSE(IsSurelyLocal({172, 32, 0, 1}));
  EXPECT_TRUE(IsSurelyLocal({192, 168, 0, 1}));
  EXPECT_FALSE(IsPrivate({192, 167, 0, 1}));
}

}  // namespace
}  // namespace casepack::redaction
