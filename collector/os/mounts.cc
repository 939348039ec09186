#include "collector/os/mounts.h"

#include <algorithm>
#include <optional>

namespace casepack::os {
namespace {

constexpr std::string_view kMayHang[] = {
    "9p",    "acfs", "afs",     "autofs", "beegfs",   "ceph",     "cifs",   "coda",
    "davfs", "fuse", "fuseblk", "gfs",    "gfs2",     "gpfs",     "lustre", "ncp",
    "ncpfs", "nfs",  "nfs3",    "nfs4",   "ocfs2",    "orangefs", "panfs",  "prl_fs",
    "pvfs2", "smb3", "smbfs",   "vboxsf", "virtiofs", "vmhgfs",
};

// The next field, and the rest behind its blank.
std::string_view NextField(std::string_view& rest) {
  const size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view field = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return field;
}

bool IsOctal(char c) { return c >= '0' && c <= '7'; }

// "\040" and its like: blanks, tabs, line ends and backslashes of a name.
std::string Decode(std::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view code = text.substr(i, 4);
    if (code.size() == 4 && code[0] == '\\' && code[1] <= '3' && IsOctal(code[1]) &&
        IsOctal(code[2]) && IsOctal(code[3])) {
      decoded += static_cast<char>((code[1] - '0') * 64 + (code[2] - '0') * 8 + (code[3] - '0'));
      i += 3;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

// ID PARENT MAJOR:MINOR ROOT POINT OPTIONS TAG... - TYPE SOURCE OPTIONS
std::optional<Mount> ParseLine(std::string_view line) {
  for (int i = 0; i < 4; ++i)
    NextField(line);
  Mount mount;
  mount.point = Decode(NextField(line));
  mount.options = NextField(line);
  while (!line.empty() && NextField(line) != "-") {
  }
  mount.type = Decode(NextField(line));
  mount.source = Decode(NextField(line));
  const std::string_view of_file_system = NextField(line);
  if (!of_file_system.empty()) mount.options.append(",").append(of_file_system);
  if (mount.point.empty() || mount.point[0] != '/' || mount.type.empty()) return std::nullopt;
  return mount;
}

bool Holds(std::string_view point, std::string_view path) {
  if (point == "/") return true;
  return path.substr(0, point.size()) == point &&
         (path.size() == point.size() || path[point.size()] == '/');
}

}  // namespace

std::vector<Mount> ParseMountInfo(std::string_view text) {
  std::vector<Mount> mounts;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    if (auto mount = ParseLine(text.substr(0, end))) mounts.push_back(std::move(*mount));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return mounts;
}

bool MayHang(std::string_view type) {
  const std::string_view fuse = "fuse.";
  return type.substr(0, fuse.size()) == fuse ||
         std::find(std::begin(kMayHang), std::end(kMayHang), type) != std::end(kMayHang);
}

const Mount* MountOf(const std::vector<Mount>& mounts, std::string_view path) {
  const Mount* best = nullptr;
  for (const Mount& mount : mounts) {
    if (!Holds(mount.point, path)) continue;
    if (best == nullptr || mount.point.size() >= best->point.size()) best = &mount;
  }
  return best;
}

}  // namespace casepack::os
