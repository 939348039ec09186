#include "collector/run/host_row.h"

#include "collector/bundle/digest.h"
#include "collector/os/read.h"

namespace casepack::run {
namespace {

std::string FirstOf(const os::Host& host, std::initializer_list<const char*> paths) {
  for (const char* path : paths) {
    if (auto text = os::ReadFile(host, path, 64 * 1024)) return std::move(*text);
  }
  return {};
}

}  // namespace

std::string OsReleaseValue(std::string_view text, std::string_view key) {
  for (const std::string_view line : os::Lines(text)) {
    if (line.substr(0, key.size()) != key || line.substr(key.size(), 1) != "=") continue;
    std::string_view value = os::Trim(line.substr(key.size() + 1));
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
      value = value.substr(1, value.size() - 2);
    }
    return std::string(value);
  }
  return {};
}

bundle::HostRow DescribeHost(const os::Host& host) {
  const os::HostIdentity identity = host.Identity();
  bundle::HostRow row;
  row.name = identity.name;
  row.platform = identity.platform;
  row.kernel = identity.kernel;
  row.machine = identity.machine;
  row.as_root = identity.is_root;
  row.os = OsReleaseValue(FirstOf(host, {"/etc/os-release", "/usr/lib/os-release"}), "PRETTY_NAME");
  const std::string id = FirstOf(host, {"/etc/machine-id", "/var/lib/dbus/machine-id"});
  if (!os::Trim(id).empty()) {
    bundle::Sha256 digest;
    digest.Update("casepack machine id\n");
    digest.Update(os::Trim(id));
    row.machine_id_hash = digest.Hex().substr(0, 32);
  }
  return row;
}

}  // namespace casepack::run
