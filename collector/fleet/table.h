// The fleet as a table: a row for each bundle, a column for each fact. Memory grows with the
// distinct values, and with hosts by bits.
//
// Filled by one thread at a time, then only read.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "collector/bundle/index.h"
#include "collector/fleet/cells.h"
#include "collector/fleet/column.h"
#include "collector/fleet/host.h"

namespace casepack::fleet {

struct TableLimits {
  size_t columns = 100'000;
  size_t value_bytes = 64U << 20U;  // of distinct values and keys
};

// What of a bundle goes into the table beside its facts.
struct Looked {
  std::string_view manifests;  // digest of those that read the facts
  const std::vector<std::pair<std::string, bundle::Outcome>>* items = nullptr;
  const std::vector<std::string>* evidence = nullptr;  // facts that its state rests on
};

class Table {
 public:
  explicit Table(const TableLimits& limits = {}) : limits_(limits) {}

  void AddUnread(Host host) { hosts_.push_back(std::move(host)); }
  void Add(Host host, const std::vector<Cell>& cells, const Looked& looked);
  // No more rows.
  void Close();

  [[nodiscard]] std::vector<Host>& hosts() { return hosts_; }
  [[nodiscard]] const std::vector<Host>& hosts() const { return hosts_; }
  [[nodiscard]] size_t columns() const { return columns_.size(); }
  [[nodiscard]] const Column& column(size_t index) const { return *columns_[index].column; }
  [[nodiscard]] const Column* Find(std::string_view key) const;
  // Puts a column in the place of the one with its key, or beside the others.
  void Put(Column column);

  // For each row: 1 where what would tell this fact was gathered in full, and read by the
  // manifests that read it elsewhere. The same for all columns of one origin: kept in `known`.
  using Origins = std::map<std::pair<std::string, std::vector<Code>>, std::vector<uint8_t>>;
  const std::vector<uint8_t>& LookedThrough(size_t column, Origins* known) const;
  // For each row: 1 where the host has no such fact, and is known not to.
  [[nodiscard]] std::vector<uint8_t> Absent(size_t column) const;

  // Facts that made the state of some host: to part the hosts by them is to say it again.
  [[nodiscard]] const std::set<std::string, std::less<>>& evidence() const { return evidence_; }

  // Values that were dropped at a limit.
  [[nodiscard]] uint64_t dropped() const { return dropped_; }

 private:
  struct Kept {
    std::unique_ptr<Column> column;
    std::string item;
    std::vector<Code> manifests;  // that gave such a fact
    size_t next = 0;              // the column that came behind it last time
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  Kept* KeptFor(const Cell& cell, size_t* hint);

  TableLimits limits_;
  std::vector<Host> hosts_;
  std::vector<Kept> columns_;
  std::unordered_map<std::string, size_t, Hash, std::equal_to<>> by_key_;
  std::map<std::string, Column, std::less<>> items_;  // id -> whole or not, by row
  Column manifests_{"", manifest::FactClass::kConfiguration};
  std::set<std::string, std::less<>> evidence_;
  uint64_t value_bytes_ = 0;
  uint64_t dropped_ = 0;
};

}  // namespace casepack::fleet
