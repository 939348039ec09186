#include "collector/os/mounts.h"

#include <gtest/gtest.h>

namespace casepack::os {
namespace {

constexpr std::string_view kTable =
    "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw,discard\n"
    "23 22 0:5 / /dev rw,nosuid - devtmpfs devtmpfs rw,size=4k\n"
    "30 22 0:40 / /mnt/with\\040blank rw shared:2 master:3 - nfs4 server:/export rw,vers=4.2\n"
    "31 22 0:41 / /mnt/local rw - nfs server:/old rw\n"
    "32 31 8:1 / /mnt/local rw - ext4 /dev/sda1 rw\n"
    "33 22 0:50 / /mnt/tab\\011\\134 rw - tmpfs none rw\n";

TEST(Mounts, ReadsTheTable) {
  const auto mounts = ParseMountInfo(kTable);
  ASSERT_EQ(mounts.size(), 6U);
  EXPECT_EQ(mounts[0].point, "/");
  EXPECT_EQ(mounts[0].type, "ext4");
  EXPECT_EQ(mounts[0].source, "/dev/vda1");
  EXPECT_EQ(mounts[0].options, "rw,relatime,rw,discard");
  EXPECT_EQ(mounts[2].point, "/mnt/with blank");
  EXPECT_EQ(mounts[2].type, "nfs4");
  EXPECT_EQ(mounts[5].point, "/mnt/tab\t\\");
}

TEST(Mounts, PassesOverWhatIsNoLineOfIt) {
  for (const std::string_view text :
       {"", "\n\n", "garbage", "1 2 3 4", "1 2 3 4 /x rw", "1 2 3 4 /x rw -",
        "1 2 3 4 relative rw - ext4 a b", "1 2 3 4 /x rw no dash ext4"}) {
    EXPECT_TRUE(ParseMountInfo(text).empty()) << text;
  }
  EXPECT_EQ(ParseMountInfo("bad\n1 1 0:1 / /x rw - tmpfs\nbad").size(), 1U);
  EXPECT_EQ(ParseMountInfo("1 1 0:1 / /x\\04 rw - tmpfs none").at(0).point, "/x\\04");
}

TEST(Mounts, FindsTheOneThatHoldsAPath) {
  const auto mounts = ParseMountInfo(kTable);
  const struct {
    const char* path;
    const char* type;
  } kCases[] = {
      {"/", "ext4"},
      {"/devices", "ext4"},
      {"/dev", "devtmpfs"},
      {"/dev/null", "devtmpfs"},
      {"/mnt/with blank/a", "nfs4"},
      {"/mnt/with", "ext4"},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(MountOf(mounts, c.path)->type, c.type) << c.path;
  EXPECT_EQ(MountOf(mounts, "/mnt/local/x"), &mounts[4]) << "the last one covers the one below";
  EXPECT_EQ(MountOf({}, "/"), nullptr);
}

TEST(Mounts, KnowsWhatMayHang) {
  for (const char* type : {"nfs", "nfs4", "cifs", "smb3", "fuse", "fuse.sshfs", "fuseblk", "autofs",
                           "9p", "ceph", "lustre", "virtiofs"}) {
    EXPECT_TRUE(MayHang(type)) << type;
  }
  for (const char* type :
       {"ext4", "xfs", "tmpfs", "proc", "nfsd", "fusectl", "overlay", "rpc_pipefs", ""}) {
    EXPECT_FALSE(MayHang(type)) << type;
  }
}

}  // namespace
}  // namespace casepack::os
