// ParseMountInfo and MatchName: any bytes; what is found holds what it says it holds.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "collector/os/glob.h"
#include "collector/os/mounts.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mounts = casepack::os::ParseMountInfo(text);
  for (const auto& mount : mounts) {
    Require(mount.point.starts_with('/') && !mount.type.empty());
    const auto* holder = casepack::os::MountOf(mounts, mount.point);
    Require(holder != nullptr && holder->point == mount.point);
    casepack::os::MayHang(mount.type);
  }
  const std::string_view name = text.substr(text.size() / 2);
  const std::string_view pattern = text.substr(0, text.size() / 2);
  if (!casepack::os::HasWildcard(pattern)) {
    Require(casepack::os::MatchName(pattern, name) == (pattern == name));
  }
  casepack::os::MatchName(pattern, name);
  Require(casepack::os::MatchName("*", name));
  return 0;
}
