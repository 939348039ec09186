#include "collector/fleet/cells.h"

#include <array>
#include <charconv>
#include <utility>

#include "collector/base/json_scan.h"
#include "collector/base/utf8.h"

namespace casepack::fleet {
namespace {

using base::JsonScan;
using manifest::FactClass;

constexpr size_t kMostCells = 50'000;
constexpr size_t kLongestKey = 300;
constexpr size_t kLongestText = 500;

std::optional<FactClass> ClassOf(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, FactClass>, 4> kCompared{{
      {"version", FactClass::kVersions},
      {"configuration", FactClass::kConfiguration},
      {"state", FactClass::kState},
      {"measure", FactClass::kMeasure},
  }};
  for (const auto& [known, klass] : kCompared) {
    if (known == name) return klass;
  }
  return std::nullopt;
}

std::optional<double> NumberOf(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "raw/host.facts/host_facts.json" -> "host.facts"
std::string_view ItemOf(std::string_view member) {
  if (member.substr(0, 4) != "raw/") return {};
  member.remove_prefix(4);
  return member.substr(0, member.find('/'));
}

// What is hidden on each host is no value that they have in common.
bool IsRedacted(std::string_view text) { return text.find("[REDACTED") != text.npos; }

}  // namespace

void Cells::Clear() {
  pool_.clear();
  stored_.clear();
}

Cells::Part Cells::Keep(std::string_view text) {
  const Part part{pool_.size(), text.size()};
  pool_.append(text);
  return part;
}

void Cells::Add(std::string_view key, std::string_view text) {
  if (text.empty() || IsRedacted(text)) return;
  Stored cell;
  cell.key = Keep(base::CutUtf8(key, kLongestKey));
  cell.text = Keep(base::CutUtf8(text, kLongestText));
  cell.klass = FactClass::kConfiguration;
  stored_.push_back(cell);
}

bool Cells::Read(std::string_view facts_json) {
  JsonScan scan(facts_json);
  const auto fact = [&](std::string_view key) {
    if (scan.Peek() != JsonScan::Kind::kObject || key.size() > kLongestKey || !base::IsUtf8(key) ||
        stored_.size() >= kMostCells)
      return;
    Stored cell;
    bool has_value = false;
    std::optional<FactClass> klass;
    const size_t before = pool_.size();
    cell.key = Keep(key);
    scan.Object([&](std::string_view of) {
      if (of == "value") {
        if (const auto text = scan.String()) {
          has_value = text->size() <= kLongestText && !text->empty() && !IsRedacted(*text);
          if (has_value) cell.text = Keep(*text);
        } else if (const auto number = scan.Number()) {
          cell.number = NumberOf(*number);
          has_value = cell.number.has_value() && number->size() <= kLongestText;
          if (has_value) cell.text = Keep(*number);
        } else if (const auto flag = scan.Flag()) {
          has_value = true;
          cell.text = Keep(*flag ? "true" : "false");
        }
      } else if (of == "class") {
        if (const auto name = scan.String()) klass = ClassOf(*name);
      } else if (of == "member") {
        if (const auto member = scan.String()) cell.item = Keep(ItemOf(*member));
      }
    });
    if (has_value && klass) {
      cell.klass = *klass;
      stored_.push_back(cell);
    } else {
      pool_.resize(before);
    }
  };
  const bool whole = scan.Object([&](std::string_view name) {
    if (name == "facts") scan.Object(fact);
  });
  return whole && scan.AtEnd();
}

const std::vector<Cell>& Cells::all() {
  cells_.clear();
  for (const Stored& cell : stored_)
    cells_.push_back({View(cell.key), View(cell.text), cell.number, cell.klass, View(cell.item)});
  return cells_;
}

}  // namespace casepack::fleet
