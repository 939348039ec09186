#include <string>

#include "tests/redaction/marked.h"

namespace casepack::redaction {
namespace {

using testing::CheckMarked;

TEST(Email, Found) {
  CheckMarked({
      "{bob@example.com}",
      "<{bob@example.com}>",
      "mailto:{bob@example.com}",
      "from={bob.o'hara+x@example.co.jp},",
      "write to {bob@example.com}.",
      "\"{bob@example.com}\"",
      "'{bob@example.com}'",
      "{Bob_B@EXAMPLE.COM};",
      "{git@github.com}:org/repo.git",
      "{bob@xn--wgv71a119e.xn--q9jyb4c}",
      "{root@web01.example.com}:/x",
      "{ubuntu@ip-10-1-2-3.ec2.internal}",
      "{bob@example.com}-extra {bob@example.com}_x",
      "{bob@example.com}.2024",
      "to={bob%40example.com}&x",
      "q=%22{bob%40example.com}%22",
      "q=%3C{bob%2Btag%40example.com}%3E",
      "\\n{bob@example.com}\\n",
      "\\u003c{bob@example.com}\\u003e",
      "\x1b[31m{bob@example.com}\x1b[0m",
      "{bounces+bob=example.com@list.example.org}",
      "a@{b@example.com}",
      "{a@trendmicro.com}",
      "{1@163.com}",
  });
}

TEST(Email, Kept) {
  CheckMarked({
      "user@1000.service",
      "getty@tty1.service",
      "a@b.slice a@b.socket a@b.timer a@b.mount a@b.scope a@b.target a@b.device a@b.path a@b.swap",
      "package@1.2.3",
      "npm@8.19.2-beta.rc",
      "pkg@v1.2.3-x.beta",
      "@version @app.route",
      "img@2x.png",
      "bob@localhost",
      "bob@.com",
      "bob@example.c",
      "bob@example..com",
      "@example.com",
      " @ example.com",
      "[REDACTED:url-password]@db.example.com",
      "java.lang.Object@6d06d69c",
      "user-abcdefgh@dom-abcdef.dom-234567",
      "user-abcdefgh%40dom-abcdef",
  });
  CheckMarked({std::string(200, 'a') + "@example.com"});
}

TEST(Email, NothingBehindTheFloor) {
  const std::string text = "bob@example.com";
  View view;
  view.text = text;
  view.end = true;
  view.floor = 2;
  const FoundIdentifier found = MatchEmail(view, 3);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->begin, 2U);
  view.floor = 3;
  EXPECT_FALSE(MatchEmail(view, 3));
}

TEST(Email, VendorHosts) {
  for (const char* host : {"trendmicro.com", "WWW.TrendMicro.com", "files.trendmicro.co.jp",
                           "app.deepsecurity.trendmicro.com", "trendmicro.com."})
    EXPECT_TRUE(IsVendorHost(host)) << host;
  for (const char* host :
       {"", "nottrendmicro.com", "trendmicro.com.example.org", "trendmicro", "micro.com"})
    EXPECT_FALSE(IsVendorHost(host)) << host;
}

}  // namespace
}  // namespace casepack::redaction
