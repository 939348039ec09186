#include "collector/fleet/groups.h"

#include <algorithm>
#include <set>

namespace casepack::fleet {
namespace {

constexpr size_t kMostGroups = 6;

TraitHosts HostsOfAll(const Table& table, const Sample& sample, const Separator& separator) {
  TraitHosts hosts = HostsOf(table, sample, separator.traits[0]);
  for (size_t i = 1; i < separator.traits.size(); ++i)
    hosts = Both(hosts, HostsOf(table, sample, separator.traits[i]));
  return hosts;
}

// Something that the affected have: what they lack does not make a group of them.
const Separator* Strongest(const Separators& separators) {
  for (const Separator& separator : separators.found) {
    if (separator.split.more_among_affected()) return &separator;
  }
  return nullptr;
}

}  // namespace

Groups FindGroups(const Table& table, const Sample& sample, const Separators& first) {
  Groups groups;
  Sample left = sample;
  Separators separators = first;
  std::set<uint32_t> hidden;
  while (groups.found.size() < kMostGroups) {
    const Separator* strongest = Strongest(separators);
    if (strongest == nullptr) break;
    const TraitHosts hosts = HostsOfAll(table, left, *strongest);
    Group group{*strongest, {}};
    Sample rest;
    for (size_t i = 0; i < left.size(); ++i) {
      if (left.affected[i] != 0 && hosts.with.Has(i)) {
        group.rows.push_back(left.rows[i]);
        hidden.erase(left.rows[i]);
        continue;
      }
      const bool tells = hosts.with.Has(i) || hosts.without.Has(i);
      if (left.affected[i] != 0 && !tells) hidden.insert(left.rows[i]);
      rest.rows.push_back(left.rows[i]);
      rest.affected.push_back(left.affected[i]);
    }
    groups.found.push_back(std::move(group));
    left = std::move(rest);
    if (std::find(left.affected.begin(), left.affected.end(), 1) == left.affected.end()) break;
    separators = FindSeparators(table, left);
  }
  for (size_t i = 0; i < left.size(); ++i) {
    if (left.affected[i] == 0) continue;
    (hidden.count(left.rows[i]) > 0 ? groups.hidden : groups.rest).push_back(left.rows[i]);
  }
  return groups;
}

}  // namespace casepack::fleet
