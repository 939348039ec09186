#include "collector/run/host_row.h"

#include <gtest/gtest.h>

#include "tests/support/temp_tree.h"

namespace casepack::run {
namespace {

TEST(HostRow, ReadsTheHostsOwnFiles) {
  const tests::TempTree tree;
  tree.Write("etc/os-release", "NAME=Debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
  tree.Write("etc/hostname", "web01\n");
  tree.Write("etc/machine-id", "0123456789abcdef0123456789abcdef\n");
  const auto host = os::OpenHost({tree.root(), os::NetworkMounts::kLeaveAlone});
  ASSERT_TRUE(host);
  const bundle::HostRow row = DescribeHost(**host);
  EXPECT_EQ(row.name, "web01");
  EXPECT_EQ(row.os, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(row.machine_id_hash.size(), 32U);
  EXPECT_EQ(row.machine_id_hash.find("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(row.kernel, "");  // another root's kernel is not ours
}

TEST(HostRow, LeavesOutWhatIsNotThere) {
  const tests::TempTree tree;
  const auto host = os::OpenHost({tree.root(), os::NetworkMounts::kLeaveAlone});
  ASSERT_TRUE(host);
  const bundle::HostRow row = DescribeHost(**host);
  EXPECT_EQ(row.os, "");
  EXPECT_EQ(row.machine_id_hash, "");
}

TEST(HostRow, ReadsOsRelease) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"ID=debian\n", "ID", "debian"},
      {"VERSION_ID='12'\nID=\"x y\"", "ID", "x y"},
      {"ID_LIKE=fedora\n", "ID", ""},
      {"ID=\n", "ID", ""},
      {"", "ID", ""},
  };
  for (const auto& [text, key, value] : cases)
    EXPECT_EQ(OsReleaseValue(text, key), value) << text;
}

}  // namespace
}  // namespace casepack::run
