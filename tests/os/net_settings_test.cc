#include "collector/os/net_settings.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::os {
namespace {

TEST(NetSettings, ReadsTheHostsFiles) {
  const tests::TempTree tree;
  tree.Write("etc/resolv.conf", "nameserver 192.0.2.53\nsearch a.test\n");
  tree.Write("etc/pki/tls/certs/ca-bundle.crt", "roots");
  const auto host = OpenHost({.root = tree.root()});
  ASSERT_TRUE(host);
  const ProbeSettings settings = ProbeSettingsOf(**host);
  EXPECT_EQ(settings.resolver.servers, std::vector<std::string>{"192.0.2.53"});
  EXPECT_EQ(settings.resolver.search, std::vector<std::string>{"a.test"});
  EXPECT_EQ(settings.roots_pem, "roots");
  EXPECT_EQ(settings.getent, "");  // not of another root
}

TEST(NetSettings, AHostMayHaveNone) {
  const tests::TempTree tree;
  const auto host = OpenHost({.root = tree.root()});
  ASSERT_TRUE(host);
  const ProbeSettings settings = ProbeSettingsOf(**host);
  EXPECT_EQ(settings.resolver.servers, std::vector<std::string>{"127.0.0.1"});
  EXPECT_EQ(settings.roots_pem, "");
}

TEST(NetSettings, AnotherRootIsNotProbed) {
  const tests::TempTree tree;
  const auto host = OpenHost({.root = tree.root()});
  ASSERT_TRUE(host);
  const auto reports = (*host)->Probe({}, {});
  ASSERT_FALSE(reports);
  EXPECT_EQ(reports.error().code(), base::Code::kUnsupported);
}

}  // namespace
}  // namespace casepack::os
