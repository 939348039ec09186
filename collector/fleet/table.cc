#include "collector/fleet/table.h"

#include <algorithm>

namespace casepack::fleet {
namespace {

constexpr size_t kMostItems = 2000;
constexpr size_t kMostManifests = 64;  // beyond that, nothing is known to be absent
constexpr size_t kMostEvidence = 1000;
constexpr size_t kPerValue = 64;  // what a value takes beside its text

}  // namespace

// Bundles tell their facts in the same order: mostly the next one is known without a search.
Table::Kept* Table::KeptFor(const Cell& cell, size_t* hint) {
  if (*hint < columns_.size() && columns_[*hint].column->key() == cell.key) return &columns_[*hint];
  const auto found = by_key_.find(cell.key);
  if (found != by_key_.end()) {
    *hint = found->second;
    return &columns_[found->second];
  }
  if (columns_.size() >= limits_.columns) return nullptr;
  Kept kept;
  kept.column = std::make_unique<Column>(std::string(cell.key), cell.klass);
  kept.item = cell.item;
  kept.next = columns_.size() + 1;
  value_bytes_ += cell.key.size() + 4 * kPerValue;
  *hint = columns_.size();
  by_key_.emplace(cell.key, columns_.size());
  columns_.push_back(std::move(kept));
  return &columns_.back();
}

void Table::Add(Host host, const std::vector<Cell>& cells, const Looked& looked) {
  const auto row = static_cast<uint32_t>(hosts_.size());
  hosts_.push_back(std::move(host));
  const Code manifests = manifests_.CodeOf(looked.manifests, std::nullopt);
  manifests_.Set(row, manifests);
  size_t hint = 0;
  size_t before = SIZE_MAX;
  for (const Cell& cell : cells) {
    Kept* kept = value_bytes_ < limits_.value_bytes ? KeptFor(cell, &hint) : nullptr;
    if (kept == nullptr) {
      ++dropped_;
      continue;
    }
    if (before != SIZE_MAX) columns_[before].next = hint;
    before = hint;
    hint = kept->next;
    const size_t values = kept->column->values();
    kept->column->Set(row, kept->column->CodeOf(cell.text, cell.number));
    if (kept->column->values() > values) value_bytes_ += cell.text.size() + kPerValue;
    auto& seen = kept->manifests;
    if (std::find(seen.begin(), seen.end(), manifests) == seen.end() &&
        seen.size() < kMostManifests)
      seen.push_back(manifests);
  }
  if (looked.evidence != nullptr && evidence_.size() < kMostEvidence)
    evidence_.insert(looked.evidence->begin(), looked.evidence->end());
  if (looked.items == nullptr) return;
  for (const auto& [id, outcome] : *looked.items) {
    auto found = items_.find(id);
    if (found == items_.end()) {
      if (items_.size() >= kMostItems) continue;
      found = items_.emplace(id, Column(id, manifest::FactClass::kState)).first;
    }
    if (outcome == bundle::Outcome::kOk) found->second.Set(row, 0);
  }
}

void Table::Close() {
  for (Kept& kept : columns_)
    kept.column->Close();
  for (auto& [id, column] : items_)
    column.Close();
  manifests_.Close();
}

const Column* Table::Find(std::string_view key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : columns_[found->second].column.get();
}

void Table::Put(Column column) {
  auto kept = std::make_unique<Column>(std::move(column));
  const auto found = by_key_.find(kept->key());
  if (found != by_key_.end()) {
    columns_[found->second].column = std::move(kept);
    return;
  }
  by_key_.emplace(kept->key(), columns_.size());
  columns_.push_back({std::move(kept), "", {}, 0});
}

const std::vector<uint8_t>& Table::LookedThrough(size_t column, Origins* known) const {
  const Kept& kept = columns_[column];
  const auto [found, is_new] = known->try_emplace({kept.item, kept.manifests});
  std::vector<uint8_t>& looked = found->second;
  if (!is_new) return looked;
  looked.assign(hosts_.size(), 0);
  const auto item = items_.find(kept.item);
  if (kept.item.empty() || item == items_.end()) return looked;
  item->second.ForEach([&](uint32_t row, Code) { looked[row] = 1; });
  std::vector<uint8_t> read_by_them(manifests_.values(), 0);
  for (const Code code : kept.manifests)
    read_by_them[code] = 1;
  manifests_.ForEach([&](uint32_t row, Code code) { looked[row] &= read_by_them[code]; });
  return looked;
}

std::vector<uint8_t> Table::Absent(size_t column) const {
  Origins known;
  std::vector<uint8_t> absent = LookedThrough(column, &known);
  columns_[column].column->ForEach([&](uint32_t row, Code) { absent[row] = 0; });
  return absent;
}

}  // namespace casepack::fleet
