#include "collector/os/net_settings.h"

#include "collector/os/read.h"

namespace casepack::os {
namespace {

constexpr size_t kMaxRoots = 4U << 20U;

// Debian and Ubuntu, Red Hat and Amazon, SUSE; the first that is there.
constexpr const char* kRoots[] = {
    "/etc/ssl/certs/ca-certificates.crt",     "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",       "/etc/ssl/ca-bundle.pem",
    "/var/lib/ca-certificates/ca-bundle.pem",
};

}  // namespace

ProbeSettings ProbeSettingsOf(const Host& host) {
  ProbeSettings settings;
  const auto getent = host.FindProgram("getent");
  if (getent) settings.getent = *getent;
  const auto resolver = ReadFile(host, "/etc/resolv.conf", 64U << 10U);
  settings.resolver = ParseResolvConf(resolver ? *resolver : std::string());
  for (const char* path : kRoots) {
    auto roots = ReadFile(host, path, kMaxRoots);
    if (!roots) continue;
    settings.roots_pem = std::move(*roots);
    break;
  }
  return settings;
}

}  // namespace casepack::os
