#include "redaction/identifiers.h"

#include <string>
#include <vector>

#include "redaction/pseudonyms.h"
#include "tests/redaction/generator.h"
#include "tests/redaction/marked.h"

namespace casepack::redaction {
namespace {

using testing::CheckMarked;
using testing::Found;
using testing::Generator;
using testing::Marked;

TEST(Identifiers, Addresses) {
  CheckMarked({
      "{10.1.2.3}",
      "from={10.1.2.3}",
      "addr:{10.1.2.3} Bcast:{10.1.2.255}",
      "rhost={10.1.2.3}  user=root",
      "[{10.1.2.3}]",
      "({10.1.2.3})",
      "\"{10.1.2.3}\"",
      "<ip>{10.1.2.3}</ip>",
      "{10.1.2.3}-{10.1.2.9}",
      "{10.1.2.3} - {10.1.2.9}",
      "{10.1.2.3}:80",
      "{10.1.2.3}/24",
      "went to {10.1.2.3}.",
      "went to {10.1.2.3}. Then",
      "from {10.1.2.3} port 22",
      "http://{10.1.2.3}/x http://{10.1.2.3}:80/x https://u@{10.1.2.3}?q",
      "namenode/{10.1.2.3}:9866",
      "/{10.1.2.3}:9866",
      "->{10.1.2.3}",
      "=> {10.1.2.3}",
      "{10.1.2.3},{10.1.2.4};{10.1.2.5}",
      "{10.1.2.3}, {10.1.2.4}",
      "{10.1.2.3} {10.1.2.4}",
      "ssh root@{10.1.2.3}",
      "- {10.1.2.3}",
      "-- {10.1.2.3}",
      "\\\\{10.1.2.3}\\share",
      "x\\n{10.1.2.3}",
      "q=%20{10.1.2.3}%20 %20{1.2.3.4} %20{fe80::1} %E3%82%92{10.1.2.3} {fe80::1}%11",
      "\\u003d{10.1.2.3}\\u0026",
      "\x1b[31m{10.1.2.3}\x1b[0m",
      "{10.1.2.3}|{8.8.8.8}",
      "{010.001.002.003}",
      "BP-1186094783-{10.1.2.3}-1427181838",
      "DS-12345-{10.1.2.3}-50010-1427181838",
      "IP {10.1.2.3}.80 > {10.1.2.4}.443: Flags",
      "app.{192.168.1.10}.nip.io",
      "/var/log/remote/{10.1.2.3}/messages",
      "{10.1.2.3}.log {10.1.2.3}.zip",
      "session-{192.168.1.10}.log",
      "-A INPUT -s {10.1.2.3}/32 -d {10.1.2.4}/32",
      "ACCEPT     all  --  {10.1.2.3}  anywhere",
      "host all all {10.1.2.3}/32 md5",
      "{10.1.2.3} - - [03/Jun/2005:16:56:55 +0000] \"GET / HTTP/1.1\"",
  });
}

TEST(Identifiers, AddressesBehindOtherScripts) {
  CheckMarked({
      "\xe3\x82\x92{10.1.2.3}\xe3\x81\xab",  // UTF-8
      "\x83\x80{10.1.2.3}\x82\xf0",          // CP932
      "\xe3\x82\x92{fe80::1}\xe3\x81\xab",
      "\xe3\x82\x92{00:50:56:aa:bb:cc}\xe3\x81\xab",
      "\xe3\x82\x92{bob@example.com}\xe3\x81\xab",
  });
  // A trail byte that looks like a letter: the scanner knows that a word begins here.
  const std::string text =
      "\x83\x41"
      "10.1.2.3";
  View view;
  view.text = text;
  view.end = true;
  const FoundIdentifier found = MatchNumber(view, 2);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, 2U);
  EXPECT_EQ(found->end, text.size());
}

TEST(Identifiers, AddressesInNames) {
  CheckMarked({
      "dhcp-{192-168-0-66}",
      "dhcp-{192-168-0-66}.example.com",
      "ip-{10-1-2-3}.ec2.internal",
      "host-{73-11-22-33} static-{73-11-22-33} dyn-{73-11-22-33} pool-{73-11-22-33}",
      "c-{73-11-22-33}.hsd1.ma.net",
      "adsl-x-{75-1-2-3}.dsl.net",
      "web-{10-1-2-3}",
      "{10-1-2-3}.default.pod.cluster.local",
      "{4.3.2.1.in-addr.arpa}",
      "{4.3.2.1.IN-ADDR.ARPA}.",
  });
  CheckMarked({"10-11-12-13.log", "run-1-2-3-4", "1-2-3-4", "2024-01-02-03", "x-1-2-3-4-5",
               "ip-127-0-0-1", "host-240-1-2-3", "1.0.0.127.in-addr.arpa", "ip-300-1-2-3",
               "ip-10-1-2-3x", "10-11-12-13-14"});
}

TEST(Identifiers, WellKnownStays) {
  CheckMarked({"127.0.0.1",
               "127.1.2.3",
               "0.0.0.0",
               "255.255.255.255",
               "255.255.254.0",
               "0.0.0.255",
               "224.0.0.1",
               "239.255.255.250",
               "192.0.2.1",
               "198.51.100.7",
               "203.0.113.9",
               "240.1.2.3",
               "::",
               "::1",
               "[::1]:8080",
               "tcp6 ::1:25 :::*",
               "ff02::1",
               "FF02::FB",
               "2001:db8::1",
               "2001:0DB8:0:0::1",
               "3fff::1",
               "::ffff:127.0.0.1",
               "::ffff:240.1.2.3",
               "00:00:00:00:00:00",
               "ff:ff:ff:ff:ff:ff",
               "01:00:5e:00:00:fb",
               "33:33:00:00:00:01",
               "0e:ca:01:02:03:04",
               "00000000-0000-0000-0000-000000000000",
               "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
               "ca5eca5e-8b86-4011-8f3e-012345678901"});
}

TEST(Identifiers, Ipv6) {
  CheckMarked({
      "{fe80::1}",
      "{fe80::1}%eth0",
      "[{2a00:1450:4009:80b::200e}]:8080",
      "{2a00:1450:4009:80b:0:0:0:200e}",
      "{2A00:1450:4009:080B:0000:0000:0000:200E}",
      "{2a00:1450::}/32",
      "{::ffff:10.1.2.3}",
      "{::FFFF:10.1.2.3}:80",
      "{::ffff:a01:203}",
      "{64:ff9b::10.1.2.3}",
      "{0:0:0:0:0:ffff:10.1.2.3}",
      "addr:{fe80::1} inet6 {fd12:3::4}/64",
      "from {fe80::250:56ff:feaa:bbcc}: reply",
      "{fdab::cafe}",
      "src={2a00::1},dst={2a00::2}",
      "IP6 {fe80::1}.546 > ff02::1:2.547:",
      "eth0:{fe80::1}",
      "http://[{2a00::1}]/",
      "{fe80::1}-{fe80::9}",
      "{2a00::1}.",
      "\\n{fe80::1}",
      "%5B{2a00::1}%5D",
      "{2a00:1:2:3:4:5:6::}",
  });
}

TEST(Identifiers, NotIpv6) {
  CheckMarked({"12:39:27",
               "12:39:27.309",
               "2024-01-02T12:39:27Z",
               "std::string",
               "a::b",
               "ab::cd",
               "dead::beef",
               "Foo::Bar::baz",
               "c10::half",
               "e2::d3",
               "x[::2]",
               "::before",
               "fade::",
               "user::rwx,group::r-x",
               "0000:00:1f.2",
               "1:2:3:4:5:6:7",
               "1:2:3:4:5:6:7:8:9",
               "1::2::3",
               "12345::1",
               "fe80::1g",
               "50:06:01:60:3b:a0:12:34",
               "s0:c1,c2",
               "0x10:20:30",
               "10:20",
               "2001:::1",
               "s3::bucket",
               "fe80::1:2:3:4:5:6:7:8"});
}

TEST(Identifiers, Guids) {
  CheckMarked({"{6f9619ff-8b86-d011-b42d-00c04fc964ff}", "{6F9619FF-8B86-D011-B42D-00C04FC964FF}",
               "id={12345678-1234-1234-1234-123456789012},",
               "urn:uuid:{6f9619ff-8b86-d011-b42d-00c04fc964ff}",
               "agent-{6f9619ff-8b86-d011-b42d-00c04fc964ff}-x",
               "\\\"{6f9619ff-8b86-d011-b42d-00c04fc964ff}\\\""});
  CheckMarked({"6f9619ff-8b86-d011-b42d-00c04fc964f", "6f9619ff-8b86-d011-b42d-00c04fc964ff0",
               "6f9619ff-8b86-d011-b42d00c04fc964ff", "6f9619fg-8b86-d011-b42d-00c04fc964ff",
               "6f9619ff-8b86-d011"});
}

TEST(Identifiers, Kinds) {
  std::vector<Found> found;
  Marked("10.1.2.3 fe80::1 00:50:56:aa:bb:cc 6f9619ff-8b86-d011-b42d-00c04fc964ff a@b.de", &found);
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0].kind, Identifier::kIpv4);
  EXPECT_EQ(found[1].kind, Identifier::kIpv6);
  EXPECT_EQ(found[2].kind, Identifier::kMac);
  EXPECT_EQ(found[3].kind, Identifier::kGuid);
  EXPECT_EQ(found[4].kind, Identifier::kEmail);
}

// Where identifiers and what looks like them meet.
std::string Pieces(Generator* generator) {
  constexpr std::string_view kPieces[] = {"10.1.2.3",
                                          "192.168.1.9",
                                          "8.8.4.4",
                                          "fe80::1",
                                          "2a00:1450::200e",
                                          "::",
                                          "::ffff:",
                                          "00:50:56:aa:bb:cc",
                                          "0050.56aa.bbcc",
                                          "6f9619ff-8b86-d011-b42d-00c04fc964ff",
                                          "bob@x.de",
                                          "aa:",
                                          "12:",
                                          ".",
                                          ".",
                                          "-",
                                          "-",
                                          ":",
                                          "/",
                                          "\\",
                                          "_",
                                          "@",
                                          "%40",
                                          "%20",
                                          "\\n",
                                          " ",
                                          " ",
                                          "\n",
                                          "version",
                                          "Version: ",
                                          "v",
                                          "ip-",
                                          "dhcp-",
                                          "pkg_",
                                          "amd64",
                                          "ii  tzdata  ",
                                          "(= ",
                                          ">= ",
                                          "<none> ",
                                          "BP-1186094783-",
                                          "MAC=",
                                          "1",
                                          "23",
                                          "255",
                                          "a",
                                          "f",
                                          "x",
                                          "+",
                                          "~",
                                          "(",
                                          ")",
                                          ",",
                                          "to",
                                          "=",
                                          "\xe3\x82\x92",
                                          "\xff",
                                          "\x1b[31m",
                                          "com",
                                          ".in-addr.arpa",
                                          "Chrome/",
                                          "IP ",
                                          " > "};
  std::string text;
  for (size_t i = 0; i < 24; ++i)
    text += kPieces[generator->Below(std::size(kPieces))];
  return text;
}

// Spans lie where they should, wherever we ask and wherever the floor is.
TEST(Identifiers, SpansAreInBounds) {
  Generator generator(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text = Pieces(&generator);
    if (round % 4 == 0) {
      for (char& c : text)
        c = static_cast<char>(generator.Below(256));
    }
    View view;
    view.text = text;
    view.end = true;
    const size_t at = generator.Below(text.size());
    view.floor = generator.Below(at + 1);
    const FoundIdentifier number = MatchNumber(view, at);
    if (number) {
      EXPECT_EQ(number->begin, at) << text;
      EXPECT_GT(number->end, at) << text;
      EXPECT_LE(number->end, std::min(at + kPeek, text.size())) << text;
    }
    const size_t sign = text.find('@', view.floor);
    const FoundIdentifier email = sign < text.size() ? MatchEmail(view, sign) : std::nullopt;
    if (email) {
      EXPECT_GE(email->begin, view.floor) << text;
      EXPECT_LT(email->begin, sign) << text;
      EXPECT_GT(email->end, sign) << text;
      EXPECT_LE(email->end, text.size()) << text;
    }
  }
}

bool Same(const FoundIdentifier& a, const FoundIdentifier& b, size_t shift) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->kind == b->kind && a->begin == b->begin + shift && a->end == b->end + shift;
}

// What is behind the floor, further back than kLookBehind or further on than kPeek does
// not matter.
TEST(Identifiers, DecideFromTheWindow) {
  Generator generator(11);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    while (text.size() < 3000)
      text += Pieces(&generator);
    const size_t at = 1200 + generator.Below(400);
    View view;
    view.text = text;
    view.floor = at - generator.Below(100);
    if (round % 2 == 0) view.floor = 0;
    const size_t from = std::max(view.floor, at - kLookBehind);
    View part;
    part.text = view.text.substr(from, at - from + kPeek);
    EXPECT_TRUE(Same(MatchNumber(view, at), MatchNumber(part, at - from), from)) << text;
    const size_t sign = text.find('@', at);
    if (sign - at > 200) continue;
    part.text = view.text.substr(from, sign - from + kPeek);
    EXPECT_TRUE(Same(MatchEmail(view, sign), MatchEmail(part, sign - from), from)) << text;
  }
}

// Renaming twice changes nothing.
TEST(Identifiers, PseudonymsAreNotFound) {
  Generator generator(13);
  Pseudonyms pseudonyms(PseudonymKey{1, 2, 3});
  int renamed = 0;
  for (int round = 0; round < 4000; ++round) {
    std::vector<Found> found;
    Marked(Pieces(&generator), &found);
    for (const Found& value : found) {
      const std::string name(pseudonyms.For(value.kind, value.text));
      EXPECT_EQ(Marked(name), name) << value.text;
      EXPECT_EQ(Marked("from " + name + ":80"), "from " + name + ":80") << value.text;
      EXPECT_TRUE(IsPseudonym(value.kind, name)) << name;
      ++renamed;
    }
  }
  EXPECT_GT(renamed, 1000);
}

}  // namespace
}  // namespace casepack::redaction
