// The mount table, and which mounts are left alone because a dead server behind them
// would hang whoever touches them. Source: proc_pid_mountinfo(5). Pure parsing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casepack::os {

struct Mount {
  std::string point;  // decoded (\040 is a blank)
  std::string type;   // "ext4", "nfs4", "fuse.sshfs"
  std::string source;
  std::string options;
};

std::vector<Mount> ParseMountInfo(std::string_view text);

// Network file systems, FUSE, autofs.
bool MayHang(std::string_view type);

// The mount that holds the path: the longest point, and of equal ones the last. nullptr
// when there is none.
const Mount* MountOf(const std::vector<Mount>& mounts, std::string_view path);

}  // namespace casepack::os
