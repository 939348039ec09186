// A trait that a host has, has not, or does not tell: a fact with a value, or a number in a
// range; and a set of hosts by it. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/fleet/fisher.h"
#include "collector/fleet/table.h"

namespace casepack::fleet {

struct Trait {
  enum class Is : uint8_t { kEqual, kAtLeast, kAtMost };
  size_t column = 0;
  Is is = Is::kEqual;
  Code code = 0;  // of the value, or of the bound of the range
};

// "host.kernel.release = 5.14.0-503", "disk./var.used_percent >= 98"
std::string TextOf(const Table& table, const Trait& trait);

// The hosts that are compared: rows of the table, and on which side each stands.
struct Sample {
  std::vector<uint32_t> rows;
  std::vector<uint8_t> affected;  // beside rows: 1 or 0

  [[nodiscard]] size_t size() const { return rows.size(); }
};
// The affected and the healthy of those that count.
Sample SampleOf(const std::vector<Host>& hosts);

// A bit for each host of a sample.
class HostSet {
 public:
  explicit HostSet(size_t hosts) : words_((hosts + 63) / 64, 0) {}
  void Add(size_t host) { words_[host / 64] |= uint64_t{1} << (host % 64); }
  [[nodiscard]] bool Has(size_t host) const { return (words_[host / 64] >> (host % 64) & 1U) != 0; }
  [[nodiscard]] uint32_t CountBoth(const HostSet& other) const;
  [[nodiscard]] HostSet And(const HostSet& other) const;
  [[nodiscard]] HostSet Or(const HostSet& other) const;
  bool operator==(const HostSet&) const = default;

 private:
  std::vector<uint64_t> words_;
};

struct TraitHosts {
  HostSet with;
  HostSet without;  // told, and not so
};
TraitHosts HostsOf(const Table& table, const Sample& sample, const Trait& trait);
// Both of two traits: who lacks the one lacks both, whatever he tells of the other.
TraitHosts Both(const TraitHosts& a, const TraitHosts& b);

HostSet AffectedOf(const Sample& sample);
Split SplitOf(const TraitHosts& hosts, const HostSet& affected);
// Of those hosts alone.
Split SplitWithin(const TraitHosts& hosts, const HostSet& affected, const HostSet& within);

}  // namespace casepack::fleet
