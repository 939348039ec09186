#include "redaction/mac.h"

#include "tests/redaction/marked.h"

namespace casepack::redaction {
namespace {

using testing::CheckMarked;

TEST(Mac, Found) {
  CheckMarked({
      "{00:50:56:aa:bb:cc}",
      "{00:50:56:AA:BB:CC}",
      "{00-50-56-aa-bb-cc}",
      "{0050.56aa.bbcc}",
      "{5254.0012.3456}",
      "{12:34:56:78:90:12}",
      "link/ether {00:50:56:aa:bb:cc} brd ff:ff:ff:ff:ff:ff",
      "HWaddr {00:50:56:aa:bb:cc}",
      "eth0:{00:50:56:aa:bb:cc}",
      "({00:50:56:aa:bb:cc})",
      "{00:50:56:aa:bb:cc}.",
      "{00:50:56:aa:bb:cc}:8080",
      "client-id 01:{00:50:56:aa:bb:cc}",
      "01-{00-50-56-aa-bb-cc}",
      "duid 00:01:00:01:2a:2b:2c:2d:{00:50:56:aa:bb:cc}",
      "duid 00:03:00:01:{00:50:56:aa:bb:cc}",
      "IN=eth0 OUT= MAC={00:50:56:aa:bb:cc}:{00:50:56:aa:bb:dd}:08:00 SRC={10.1.2.3}",
      "MAC=ff:ff:ff:ff:ff:ff:{00:50:56:aa:bb:dd}:08:00",
  });
}

TEST(Mac, Kept) {
  CheckMarked({
      "00:00:00:00:00:00",
      "FF-FF-FF-FF-FF-FF",
      "01:00:5e:7f:ff:fa",
      "01:80:c2:00:00:0e",
      "33:33:00:00:00:16",
      "ffff.ffff.ffff",
      "0e:ca:00:01:02:03",
      "0eca.0001.0203",
      "00:50:56:aa:bb",
      "00:50:56:aa:bb:c",
      "00:50:56:aa:bb:ccd",
      "00:50:56-aa:bb:cc",
      "50:06:01:60:3b:a0:12:34",
      "MD5:d0:68:de:00:11:22:33:44:55:66:77:88:99:aa:bb:cc",
      "d0:68:de:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00",
      "00-50-56-aa-bb-cc-dd",
      "log-24-01-31-23-59-00",
      "2023.1201.1234",
      "0050.56aa.bbcc.example",
      "0050.56aa.bbccd",
  });
}

TEST(Mac, Read) {
  Mac mac;
  ASSERT_TRUE(ReadMac("00:50:56:aa:BB:cc", &mac));
  EXPECT_EQ(mac, (Mac{0, 0x50, 0x56, 0xaa, 0xbb, 0xcc}));
  Mac other;
  EXPECT_TRUE(ReadMac("0050.56AA.bbcc", &other));
  EXPECT_EQ(mac, other);
  EXPECT_TRUE(ReadMac("00-50-56-aa-bb-cc", &other));
  EXPECT_EQ(mac, other);
  for (const char* text : {"", "00:50:56:aa:bb", "00:50:56:aa:bb-cc", "00.50.56.aa.bb.cc",
                           "0050:56aa:bbcc", "00:50:56:aa:bb:cg"})
    EXPECT_FALSE(ReadMac(text, &other)) << text;
  EXPECT_TRUE(IsPseudonym(Mac{0x0e, 0xca, 1, 2, 3, 4}));
  EXPECT_FALSE(IsPseudonym(mac));
}

}  // namespace
}  // namespace casepack::redaction
