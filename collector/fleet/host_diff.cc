#include "collector/fleet/host_diff.h"

#include <algorithm>
#include <tuple>

#include "collector/fleet/host_list.h"

namespace casepack::fleet {
namespace {

constexpr double kMajority = 0.75;
constexpr uint32_t kLeastHealthy = 2;

bool Begins(const std::string& key, std::string_view with) {
  return key.compare(0, with.size(), with) == 0;
}

// What healthy hosts mostly have: a code, or nothing at all.
struct Usual {
  Code code = kNotVisible;
  uint32_t with = 0;
  uint32_t told = 0;
};

Usual UsualOf(const Table& table, size_t index, const std::vector<Code>& codes,
              const std::vector<uint8_t>& absent) {
  const Column& column = table.column(index);
  std::vector<uint32_t> counts(column.values(), 0);
  Usual usual;
  uint32_t none = 0;
  const std::vector<Host>& hosts = table.hosts();
  for (size_t row = 0; row < hosts.size(); ++row) {
    if (!hosts[row].counts() || hosts[row].side != Side::kHealthy) continue;
    if (codes[row] != kNotVisible) {
      ++usual.told;
      ++counts[codes[row]];
    } else if (absent[row] != 0) {
      ++usual.told;
      ++none;
    }
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  if (most != counts.end() && *most >= none) {
    usual.code = static_cast<Code>(most - counts.begin());
    usual.with = *most;
  } else {
    usual.with = none;
  }
  return usual;
}

auto Rank(const Unusual& one) {
  const int area = Begins(one.key, "package.") ? 1 : 0;
  return std::make_tuple(area, -static_cast<double>(one.with) / one.told,
                         std::string_view(one.key));
}

}  // namespace

std::optional<uint32_t> FindHost(const std::vector<Host>& hosts, std::string_view name) {
  HostNames names;
  for (size_t row = 0; row < hosts.size(); ++row) {
    if (hosts[row].counts()) names.Add(hosts[row].name, row);
  }
  const size_t found = names.Find(name);
  if (found == HostNames::kNone) return std::nullopt;
  return static_cast<uint32_t>(found);
}

std::vector<Unusual> Unlike(const Table& table, uint32_t row) {
  std::vector<Unusual> unusual;
  for (size_t i = 0; i < table.columns(); ++i) {
    const Column& column = table.column(i);
    if (column.klass() == manifest::FactClass::kMeasure || Begins(column.key(), "index.")) continue;
    const std::vector<Code> codes = column.Codes(table.hosts().size());
    const std::vector<uint8_t> absent = table.Absent(i);
    if (codes[row] == kNotVisible && absent[row] == 0) continue;
    const Usual usual = UsualOf(table, i, codes, absent);
    if (usual.told < kLeastHealthy || usual.with < kMajority * usual.told) continue;
    if (usual.code == codes[row]) continue;
    unusual.push_back({column.key(), codes[row] == kNotVisible ? "" : column.text(codes[row]),
                       usual.code == kNotVisible ? "" : column.text(usual.code), usual.with,
                       usual.told});
  }
  std::sort(unusual.begin(), unusual.end(),
            [](const Unusual& a, const Unusual& b) { return Rank(a) < Rank(b); });
  return unusual;
}

}  // namespace casepack::fleet
