#include "redaction/pseudonyms.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casepack::redaction {
namespace {

constexpr PseudonymKey kKey = {1, 2, 3, 4, 5, 6, 7, 8};

std::string For(Identifier kind, std::string_view text) {
  Pseudonyms pseudonyms(kKey);
  return std::string(pseudonyms.For(kind, text));
}

std::string NetOf(const std::string& address) { return address.substr(0, address.rfind('.')); }

// Fixed for ever: bundles of different releases share keys.
TEST(Pseudonyms, Fixed) {
  EXPECT_EQ(For(Identifier::kIpv4, "10.1.2.3"), "253.135.187.217");
  EXPECT_EQ(For(Identifier::kIpv6, "fe80::1"), "2001:db8:6ec6:7dee:2623:499a:3203:a354");
  EXPECT_EQ(For(Identifier::kMac, "00:50:56:aa:bb:cc"), "0e:ca:08:17:34:94");
  EXPECT_EQ(For(Identifier::kGuid, "6f9619ff-8b86-d011-b42d-00c04fc964ff"),
            "ca5eca5e-fd30-4b56-8393-04b7a7db2733");
  EXPECT_EQ(For(Identifier::kUser, "bob"), "user-port2teq");
  EXPECT_EQ(For(Identifier::kHost, "web01.example.com"), "host-gbrka2ki.dom-h3gp7j.dom-bermld");
  EXPECT_EQ(For(Identifier::kEmail, "bob@example.com"), "user-port2teq@dom-h3gp7j.dom-bermld");
}

struct Spellings {
  Identifier kind;
  std::vector<std::string> texts;
};

TEST(Pseudonyms, OneValueHasOneName) {
  for (const Spellings& row :
       {Spellings{Identifier::kIpv4, {"10.1.2.3", "010.001.002.003"}},
        {Identifier::kIpv6, {"fe80::1", "FE80::1", "fe80:0:0:0:0:0:0:1", "fe80::0001"}},
        {Identifier::kIpv6, {"::ffff:10.1.2.3", "::FFFF:a01:203", "0:0:0:0:0:ffff:10.1.2.3"}},
        {Identifier::kMac, {"00:50:56:aa:bb:cc"}},
        {Identifier::kUser, {"Bob", "bob", "BOB"}},
        {Identifier::kHost, {"Web01.example.com", "web01.EXAMPLE.com", "web01.example.com."}},
        {Identifier::kEmail, {"Bob@example.com", "bob@Example.COM"}}}) {
    for (const std::string& text : row.texts)
      EXPECT_EQ(For(row.kind, text), For(row.kind, row.texts.front())) << text;
  }
}

std::string Plain(std::string text) {
  std::string plain;
  for (const char c : text) {
    if (c != ':' && c != '-' && c != '.') plain += static_cast<char>(c | 0x20);
  }
  return plain;
}

TEST(Pseudonyms, KeepTheStyle) {
  const std::string dotted = For(Identifier::kIpv4, "192.168.0.66");
  std::string dashed = For(Identifier::kIpv4, "192-168-0-66");
  for (char& c : dashed)
    c = c == '-' ? '.' : c;
  EXPECT_EQ(dashed, dotted);
  EXPECT_EQ(For(Identifier::kIpv6, "::ffff:192.168.0.66"), "::ffff:" + dotted);

  const std::string mac = For(Identifier::kMac, "00:50:56:aa:bb:cc");
  EXPECT_EQ(mac.substr(0, 6), "0e:ca:");
  EXPECT_EQ(For(Identifier::kMac, "00-50-56-AA-BB-CC").substr(0, 6), "0E-CA-");
  EXPECT_EQ(For(Identifier::kMac, "0050.56aa.bbcc").substr(0, 5), "0eca.");
  for (const char* text : {"00:50:56:AA:BB:CC", "00-50-56-aa-bb-cc", "0050.56AA.BBCC"}) {
    const std::string name = For(Identifier::kMac, text);
    EXPECT_EQ(name.size(), std::string(text).size());
    EXPECT_EQ(Plain(name), Plain(mac));
  }
  const std::string guid = For(Identifier::kGuid, "6f9619ff-8b86-d011-b42d-00c04fc964ff");
  EXPECT_EQ(Plain(For(Identifier::kGuid, "6F9619FF-8B86-D011-B42D-00C04FC964FF")), Plain(guid));
  EXPECT_EQ(guid.size(), 36U);
  EXPECT_EQ(guid[14], '4');
  EXPECT_EQ(guid[19], '8');
}

TEST(Pseudonyms, ReverseNamesAgree) {
  const std::string forward = For(Identifier::kIpv4, "10.1.2.3");
  const std::string reverse = For(Identifier::kIpv4, "3.2.1.10.in-addr.arpa");
  std::string joined;
  size_t end = forward.size();
  while (true) {
    const size_t dot = forward.rfind('.', end - 1);
    const size_t begin = dot == std::string::npos ? 0 : dot + 1;
    joined += forward.substr(begin, end - begin) + ".";
    if (begin == 0) break;
    end = dot;
  }
  EXPECT_EQ(reverse, joined + "in-addr.arpa");
}

TEST(Pseudonyms, NetworksStayTogether) {
  Pseudonyms pseudonyms(kKey);
  const auto ipv4 = [&pseudonyms](std::string_view text) {
    return std::string(pseudonyms.For(Identifier::kIpv4, text));
  };
  EXPECT_EQ(NetOf(ipv4("10.1.2.3")), NetOf(ipv4("10.1.2.99")));
  EXPECT_NE(NetOf(ipv4("10.1.2.3")), NetOf(ipv4("10.1.3.3")));
  EXPECT_EQ(NetOf(NetOf(ipv4("10.1.2.3"))), NetOf(NetOf(ipv4("10.1.3.3"))));
  EXPECT_NE(NetOf(NetOf(ipv4("10.1.2.3"))), NetOf(NetOf(ipv4("10.2.2.3"))));
  EXPECT_TRUE(ipv4("10.1.2.0").ends_with(".0"));
  EXPECT_TRUE(ipv4("10.1.2.255").ends_with(".255"));
  std::set<std::string> firsts;
  for (const char* text : {"10.0.0.0", "172.16.0.0", "192.168.0.0", "169.254.0.0", "100.64.0.0"})
    firsts.insert(ipv4(text).substr(0, 3));
  EXPECT_EQ(firsts.size(), 5U);
  for (int octet = 0; octet < 240; ++octet) {
    const std::string first = ipv4(std::to_string(octet) + ".1.2.3").substr(0, 4);
    EXPECT_GE(first, "240.");
    EXPECT_LE(first, "254.");
  }
  const auto ipv6 = [&pseudonyms](std::string_view text) {
    return std::string(pseudonyms.For(Identifier::kIpv6, text));
  };
  EXPECT_EQ(ipv6("2a00:1:2:3::1").substr(0, 9), "2001:db8:");
  const auto group = [](const std::string& text, int count) {
    size_t at = 0;
    while (count-- > 0)
      at = text.find(':', at) + 1;
    return text.substr(0, at);
  };
  EXPECT_EQ(group(ipv6("2a00:1:2:3::1"), 4), group(ipv6("2a00:1:2:3::2"), 4));
  EXPECT_NE(ipv6("2a00:1:2:3::1"), ipv6("2a00:1:2:3::2"));
  EXPECT_EQ(group(ipv6("2a00:1:2:3::1"), 3), group(ipv6("2a00:1:2:4::1"), 3));
  EXPECT_NE(group(ipv6("2a00:1:2:3::1"), 4), group(ipv6("2a00:1:2:4::1"), 4));
  EXPECT_NE(group(ipv6("2a00:1:2:3::1"), 3), group(ipv6("2a00:1:3:3::1"), 3));
}

TEST(Pseudonyms, DifferentAddressesStayDifferent) {
  Pseudonyms pseudonyms(kKey);
  std::set<std::string> names;
  for (int c = 0; c < 256; ++c) {
    for (int d = 0; d < 256; ++d) {
      const std::string text = "10.1." + std::to_string(c) + "." + std::to_string(d);
      names.emplace(pseudonyms.For(Identifier::kIpv4, text));
    }
  }
  EXPECT_EQ(names.size(), 65536U);
}

TEST(Pseudonyms, DifferentNamesStayDifferent) {
  Pseudonyms pseudonyms(kKey);
  std::set<std::string> names;
  for (int i = 0; i < 10000; ++i) {
    names.emplace(pseudonyms.For(Identifier::kUser, "user" + std::to_string(i)));
    names.emplace(pseudonyms.For(Identifier::kHost, "host" + std::to_string(i)));
  }
  EXPECT_EQ(names.size(), 20000U);
}

TEST(Pseudonyms, ByLabel) {
  const std::string host = For(Identifier::kHost, "web01.example.com");
  const std::string domain = host.substr(host.find('.') + 1);
  EXPECT_EQ(For(Identifier::kHost, "web01"), host.substr(0, host.find('.')));
  EXPECT_TRUE(For(Identifier::kHost, "web02.example.com").ends_with("." + domain));
  EXPECT_NE(For(Identifier::kHost, "web02.example.com"), host);
  const std::string other = For(Identifier::kHost, "web01.example.org");
  EXPECT_NE(other.substr(other.find('.') + 1, 10), domain.substr(0, 10));
  EXPECT_EQ(For(Identifier::kEmail, "bob@example.com"),
            For(Identifier::kUser, "bob") + "@" + domain);
  EXPECT_EQ(For(Identifier::kEmail, "bob%40example.com"),
            For(Identifier::kUser, "bob") + "%40" + domain);
}

TEST(Pseudonyms, ClassesAreApart) {
  EXPECT_NE(For(Identifier::kUser, "10").substr(5), For(Identifier::kHost, "10").substr(5));
}

TEST(Pseudonyms, AnotherKeyChangesAll) {
  PseudonymKey key = kKey;
  key.back() = 1;
  Pseudonyms one(kKey);
  Pseudonyms two(key);
  for (const auto& [kind, text] : {std::pair{Identifier::kIpv4, "10.1.2.3"},
                                   {Identifier::kIpv6, "fe80::1"},
                                   {Identifier::kMac, "00:50:56:aa:bb:cc"},
                                   {Identifier::kUser, "bob"},
                                   {Identifier::kGuid, "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
                                   {Identifier::kHost, "web01"},
                                   {Identifier::kEmail, "bob@example.com"}})
    EXPECT_NE(one.For(kind, text), two.For(kind, text)) << text;
}

TEST(Pseudonyms, NamedTwiceIsNamedOnce) {
  Pseudonyms pseudonyms(kKey);
  for (const auto& [kind, text] : {std::pair{Identifier::kIpv4, "10.1.2.3"},
                                   {Identifier::kIpv4, "10-1-2-3"},
                                   {Identifier::kIpv4, "3.2.1.10.in-addr.arpa"},
                                   {Identifier::kIpv6, "fe80::1"},
                                   {Identifier::kIpv6, "::ffff:10.1.2.3"},
                                   {Identifier::kMac, "0050.56aa.bbcc"},
                                   {Identifier::kMac, "00-50-56-AA-BB-CC"},
                                   {Identifier::kUser, "bob"},
                                   {Identifier::kGuid, "6F9619FF-8B86-D011-B42D-00C04FC964FF"},
                                   {Identifier::kHost, "web01"},
                                   {Identifier::kHost, "web01.example.com"},
                                   {Identifier::kEmail, "bob@example.com"},
                                   {Identifier::kEmail, "bob%40example.com"}}) {
    EXPECT_FALSE(IsPseudonym(kind, text)) << text;
    const std::string name(pseudonyms.For(kind, text));
    EXPECT_TRUE(IsPseudonym(kind, name)) << name;
    EXPECT_EQ(pseudonyms.For(kind, name), name);
    EXPECT_EQ(name.find("bob"), std::string::npos);
  }
}

TEST(Pseudonyms, NotQuitePseudonyms) {
  EXPECT_FALSE(IsPseudonym(Identifier::kUser, "user-abc"));
  EXPECT_FALSE(IsPseudonym(Identifier::kUser, "user-abcdefg1"));
  EXPECT_FALSE(IsPseudonym(Identifier::kHost, "host-abcdefgh.example.com"));
  EXPECT_FALSE(IsPseudonym(Identifier::kEmail, "user-abcdefgh@example.com"));
  EXPECT_FALSE(IsPseudonym(Identifier::kIpv4, "239.1.2.3"));
  EXPECT_FALSE(IsPseudonym(Identifier::kIpv6, ""));
}

TEST(Pseudonyms, WhatIsNoValueIsHiddenToo) {
  for (const Identifier kind : {Identifier::kIpv4, Identifier::kIpv6, Identifier::kMac,
                                Identifier::kGuid, Identifier::kEmail}) {
    for (const char* text : {"", "geheim"}) {
      const std::string name = For(kind, text);
      EXPECT_TRUE(name.starts_with("name-")) << name;
      EXPECT_EQ(name.find("geheim"), std::string::npos);
    }
  }
}

TEST(Pseudonyms, TellsTheObserverOnce) {
  std::vector<std::string> told;
  Pseudonyms pseudonyms(kKey,
                        [&told](Identifier, std::string_view original, std::string_view pseudonym) {
                          told.push_back(std::string(original) + "=" + std::string(pseudonym));
                        });
  const std::string name(pseudonyms.For(Identifier::kUser, "Bob"));
  pseudonyms.For(Identifier::kUser, "bob");
  pseudonyms.For(Identifier::kIpv6, "fe80::1");
  pseudonyms.For(Identifier::kIpv6, "FE80:0::1");
  pseudonyms.For(Identifier::kUser, name);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0], "Bob=" + name);
  for (int i = 0; i < 5000; ++i)  // the memory has a bound
    pseudonyms.For(Identifier::kUser, "user" + std::to_string(i));
  told.clear();
  EXPECT_EQ(pseudonyms.For(Identifier::kUser, "bob"), name);
  EXPECT_EQ(told.size(), 1U);
}

// What it remembers changes no answer: the same texts of two kinds by turns, more of them
// than it has room for, each three times in a row.
TEST(Pseudonyms, RemembersNothingWrong) {
  Pseudonyms pseudonyms(kKey);
  for (int i = 0; i < 5000; ++i) {
    const std::string text = "name" + std::to_string(i);
    const std::string user(pseudonyms.For(Identifier::kUser, text));
    const std::string host(pseudonyms.For(Identifier::kHost, text));
    EXPECT_EQ(pseudonyms.For(Identifier::kUser, text), user);
    EXPECT_EQ(pseudonyms.For(Identifier::kHost, text), host);
    EXPECT_EQ(pseudonyms.For(Identifier::kHost, text), host);
    if (i % 100 != 0) continue;
    EXPECT_EQ(user, For(Identifier::kUser, text));
    EXPECT_EQ(host, For(Identifier::kHost, text));
    EXPECT_EQ(pseudonyms.For(Identifier::kUser, "name7"), For(Identifier::kUser, "name7"));
  }
}

}  // namespace
}  // namespace casepack::redaction
