#include "collector/run/probe_names.h"

namespace casepack::run {

void SetProbeNames(std::vector<manifest::Manifest>& manifests, const ProbeNames& names) {
  for (manifest::Manifest& manifest : manifests) {
    for (manifest::Item& item : manifest.items) {
      if (item.kind != "probe") continue;
      if (!names.manager.empty()) item.options.Set("manager", names.manager);
      if (!names.relay.empty()) item.options.Set("relay", names.relay);
      if (!names.agent.empty()) item.options.Set("agent", names.agent);
      if (!names.proxy.empty()) item.options.Set("proxy", names.proxy);
    }
  }
}

}  // namespace casepack::run
