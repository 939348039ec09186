#include "collector/fleet/labels.h"

#include <map>
#include <set>

#include "collector/fleet/load.h"

namespace casepack::fleet {
namespace {

constexpr size_t kMostLabels = 64;

using Values = std::map<uint32_t, std::string>;  // row -> value

}  // namespace

LabelsGiven GiveLabels(Table& table, const std::vector<ListedHost>& list) {
  HostNames names;
  std::map<std::string, std::vector<uint32_t>> rows;  // a host's bundles, all of them
  const std::vector<Host>& hosts = table.hosts();
  for (uint32_t row = 0; row < hosts.size(); ++row) {
    if (hosts[row].name.empty()) continue;
    names.Add(hosts[row].name, row);
    rows[hosts[row].name].push_back(row);
  }
  LabelsGiven given;
  std::map<std::string, Values> labels;
  std::set<uint32_t> got;
  for (const ListedHost& host : list) {
    const size_t found = names.Find(host.name);
    if (found == HostNames::kNone) {
      ++given.unknown;
      continue;
    }
    for (const auto& [name, value] : host.values) {
      if (labels.find(name) == labels.end() && labels.size() >= kMostLabels) continue;
      for (const uint32_t row : rows[hosts[found].name]) {
        got.insert(row);
        const auto [known, is_new] = labels[name].emplace(row, value);
        if (!is_new && known->second != value) ++given.contradictions;
      }
    }
  }
  given.hosts = static_cast<uint32_t>(got.size());
  for (auto& [name, values] : labels) {
    Column column(std::string(kLabelKey) + name, manifest::FactClass::kConfiguration);
    if (const Column* own = table.Find(column.key())) {
      own->ForEach([&, &values = values](uint32_t row, Code code) {
        const auto [known, is_new] = values.emplace(row, own->text(code));
        if (!is_new && known->second != own->text(code)) ++given.contradictions;
      });
    }
    for (const auto& [row, value] : values)
      column.Set(row, column.CodeOf(value, std::nullopt));
    column.Close();
    table.Put(std::move(column));
  }
  return given;
}

}  // namespace casepack::fleet
