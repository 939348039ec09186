#include "collector/fleet/trait.h"

#include <bit>

namespace casepack::fleet {

std::string TextOf(const Table& table, const Trait& trait) {
  const Column& column = table.column(trait.column);
  const char* sign = " = ";
  if (trait.is == Trait::Is::kAtLeast) sign = " >= ";
  if (trait.is == Trait::Is::kAtMost) sign = " <= ";
  return column.key() + sign + column.text(trait.code);
}

Sample SampleOf(const std::vector<Host>& hosts) {
  Sample sample;
  for (uint32_t row = 0; row < hosts.size(); ++row) {
    if (!hosts[row].counts() || hosts[row].side == Side::kUnknown) continue;
    sample.rows.push_back(row);
    sample.affected.push_back(hosts[row].side == Side::kAffected ? 1 : 0);
  }
  return sample;
}

uint32_t HostSet::CountBoth(const HostSet& other) const {
  uint32_t count = 0;
  for (size_t i = 0; i < words_.size(); ++i)
    count += static_cast<uint32_t>(std::popcount(words_[i] & other.words_[i]));
  return count;
}

HostSet HostSet::And(const HostSet& other) const {
  HostSet set = *this;
  for (size_t i = 0; i < words_.size(); ++i)
    set.words_[i] &= other.words_[i];
  return set;
}

HostSet HostSet::Or(const HostSet& other) const {
  HostSet set = *this;
  for (size_t i = 0; i < words_.size(); ++i)
    set.words_[i] |= other.words_[i];
  return set;
}

TraitHosts HostsOf(const Table& table, const Sample& sample, const Trait& trait) {
  TraitHosts hosts{HostSet(sample.size()), HostSet(sample.size())};
  const Column& column = table.column(trait.column);
  std::vector<uint8_t> has(column.values(), 0);
  for (Code code = 0; code < has.size(); ++code) {
    const auto& number = column.number(code);
    const auto& bound = column.number(trait.code);
    if (trait.is == Trait::Is::kEqual) {
      has[code] = code == trait.code ? 1 : 0;
    } else if (number && bound) {
      const bool in = trait.is == Trait::Is::kAtLeast ? *number >= *bound : *number <= *bound;
      has[code] = in ? 1 : 0;
    }
  }
  const std::vector<Code> codes = column.Codes(table.hosts().size());
  const std::vector<uint8_t> absent = table.Absent(trait.column);
  for (size_t i = 0; i < sample.size(); ++i) {
    const Code code = codes[sample.rows[i]];
    if (code != kNotVisible) {
      has[code] != 0 ? hosts.with.Add(i) : hosts.without.Add(i);
    } else if (absent[sample.rows[i]] != 0) {
      hosts.without.Add(i);
    }
  }
  return hosts;
}

TraitHosts Both(const TraitHosts& a, const TraitHosts& b) {
  return {a.with.And(b.with), a.without.Or(b.without)};
}

HostSet AffectedOf(const Sample& sample) {
  HostSet affected(sample.size());
  for (size_t i = 0; i < sample.size(); ++i) {
    if (sample.affected[i] != 0) affected.Add(i);
  }
  return affected;
}

Split SplitWithin(const TraitHosts& hosts, const HostSet& affected, const HostSet& within) {
  const HostSet with = hosts.with.And(within);
  const HostSet without = hosts.without.And(within);
  Split split;
  split.affected_with = with.CountBoth(affected);
  split.healthy_with = with.CountBoth(with) - split.affected_with;
  split.affected_without = without.CountBoth(affected);
  split.healthy_without = without.CountBoth(without) - split.affected_without;
  return split;
}

Split SplitOf(const TraitHosts& hosts, const HostSet& affected) {
  return SplitWithin(hosts, affected, hosts.with.Or(hosts.without));
}

}  // namespace casepack::fleet
