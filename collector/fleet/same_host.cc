#include "collector/fleet/same_host.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace casepack::fleet {

void SettleSameHosts(std::vector<Host>& hosts) {
  std::unordered_map<std::string_view, uint32_t> by_bundle;
  std::map<std::tuple<std::string_view, std::string_view>, std::vector<uint32_t>> by_host;
  for (uint32_t i = 0; i < hosts.size(); ++i) {
    Host& host = hosts[i];
    if (!host.counts()) continue;
    if (!host.bundle_id.empty()) {
      const auto [first, is_new] = by_bundle.emplace(host.bundle_id, i);
      if (!is_new) {
        host.reading = Reading::kDuplicate;
        host.reason = {"fleet.load.duplicate", {{"path", hosts[first->second].path}}};
        continue;
      }
    }
    by_host[{host.name, host.machine}].push_back(i);
  }
  for (auto& [key, rows] : by_host) {
    if (rows.size() < 2) continue;
    // A bundle without a name cannot be told to be of the same host.
    if (std::get<0>(key).empty() && std::get<1>(key).empty()) continue;
    std::stable_sort(rows.begin(), rows.end(),
                     [&](uint32_t a, uint32_t b) { return hosts[a].created > hosts[b].created; });
    hosts[rows[0]].history.assign(rows.begin() + 1, rows.end());
    for (size_t i = 1; i < rows.size(); ++i) {
      hosts[rows[i]].reading = Reading::kOlder;
      hosts[rows[i]].reason = {"fleet.load.older", {{"path", hosts[rows[0]].path}}};
    }
  }
}

}  // namespace casepack::fleet
