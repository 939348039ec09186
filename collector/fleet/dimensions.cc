#include "collector/fleet/dimensions.h"

#include "collector/fleet/load.h"

namespace casepack::fleet {
namespace {

struct Dimension {
  std::string_view name;
  std::vector<std::string> keys;
};

const std::vector<Dimension>& Dimensions() {
  static const std::vector<Dimension> kDimensions{
      {"version", {"agent.core_version", "agent.plugin.core", "agent.package"}},
      {"build", {"agent.core_version", "agent.plugin.core", "agent.package"}},
      {"os", {std::string(kOsKey), "host.os.name"}},
      {"kernel", {std::string(kKernelKey), "host.kernel.release"}},
      {"relay", {"label.relay", "probe.dsr.url", "agent.proxy.relay"}},
      {"manager", {"label.manager", "agent.dsm_url", "probe.dsm.url"}},
      {"role", {"label.role", std::string(kRolesKey)}},
      {"site", {"label.site"}},
      {"casepack", {std::string(kToolKey)}},
  };
  return kDimensions;
}

// "20.0.1-7380" and "20.0.1.7380" -> "20.0.1": what people call the version; the build is
// all of it.
std::string VersionOf(std::string_view build) {
  size_t dots = 0;
  for (size_t i = 0; i < build.size(); ++i) {
    if (build[i] == '-' || (build[i] == '.' && ++dots == 3)) return std::string(build.substr(0, i));
  }
  return std::string(build);
}

}  // namespace

std::vector<std::string> KeysOf(const std::string& by) {
  std::vector<std::string> keys{std::string(kLabelKey) + by, by};
  for (const Dimension& dimension : Dimensions()) {
    if (dimension.name == by) keys = dimension.keys;
  }
  keys.push_back(std::string(kDigestKey) + by);
  return keys;
}

std::string CountedAs(const std::string& by, const std::string& value) {
  return by == "version" ? VersionOf(value) : value;
}

const std::vector<std::string>& UsualDimensions() {
  static const std::vector<std::string> kUsual{"version", "build",   "os",   "kernel",
                                               "relay",   "manager", "role", "site"};
  return kUsual;
}

}  // namespace casepack::fleet
