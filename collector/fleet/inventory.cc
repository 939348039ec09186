#include "collector/fleet/inventory.h"

#include <set>

namespace casepack::fleet {
namespace {

// "casepack-web01-20261122T100203Z.tar.gz" -> "web01": whom a bundle speaks of that could not
// be read.
std::string HostOfPath(std::string_view path) {
  constexpr std::string_view kPrefix = "casepack-";
  constexpr std::string_view kStamp = "-00000000T000000Z";
  const size_t slash = path.find_last_of('/');
  std::string_view name = path.substr(slash == path.npos ? 0 : slash + 1);
  for (const std::string_view suffix : {".cms", ".tar.gz", ".tgz", ".tar.zst", ".zip"}) {
    if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix)
      name.remove_suffix(suffix.size());
  }
  if (name.substr(0, kPrefix.size()) == kPrefix) name.remove_prefix(kPrefix.size());
  if (name.size() <= kStamp.size()) return std::string(name);
  const std::string_view tail = name.substr(name.size() - kStamp.size());
  for (size_t i = 0; i < tail.size(); ++i) {
    const bool digit = tail[i] >= '0' && tail[i] <= '9';
    if (kStamp[i] == '0' ? !digit : tail[i] != kStamp[i]) return std::string(name);
  }
  name.remove_suffix(kStamp.size());
  return std::string(name);
}

}  // namespace

Inventory CompareInventory(const std::vector<Host>& hosts, const std::vector<ListedHost>& list) {
  HostNames with_bundle;
  HostNames unread;
  for (size_t i = 0; i < hosts.size(); ++i) {
    if (hosts[i].counts()) {
      with_bundle.Add(hosts[i].name, i);
    } else if (hosts[i].reading != Reading::kOlder && hosts[i].reading != Reading::kDuplicate) {
      unread.Add(hosts[i].name.empty() ? HostOfPath(hosts[i].path) : hosts[i].name, i);
    }
  }
  Inventory inventory;
  std::set<size_t> seen;
  HostNames listed;
  for (size_t i = 0; i < list.size(); ++i) {
    const std::string& name = list[i].name;
    if (listed.Find(name) != HostNames::kNone) continue;
    listed.Add(name, i);
    ++inventory.listed;
    const size_t found = with_bundle.Find(name);
    if (found != HostNames::kNone) {
      ++inventory.found;
      seen.insert(found);
      continue;
    }
    const bool named = unread.Find(name) != HostNames::kNone;
    (named ? inventory.unread : inventory.missing).push_back(name);
  }
  for (size_t i = 0; i < hosts.size(); ++i) {
    if (hosts[i].counts() && seen.count(i) == 0) inventory.extra.push_back(hosts[i].name);
  }
  return inventory;
}

}  // namespace casepack::fleet
