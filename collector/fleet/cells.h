// The facts of one bundle, as they go into the table: keys, values and classes out of
// facts.json. Belongs to one thread, and keeps its room from bundle to bundle.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/manifest/fact_reader.h"

namespace casepack::fleet {

struct Cell {
  std::string_view key;
  std::string_view text;  // the value; "17", "true"
  std::optional<double> number;
  manifest::FactClass klass = manifest::FactClass::kState;
  std::string_view item;  // whose member says it; empty: not known
};

class Cells {
 public:
  void Clear();
  // What is no fact that can be compared is left out: identities, what changes by itself,
  // what was redacted. False when the text is damaged; what came before it stays.
  bool Read(std::string_view facts_json);
  // One that does not stand in facts.json.
  void Add(std::string_view key, std::string_view text);

  // Valid until the next change.
  [[nodiscard]] const std::vector<Cell>& all();

 private:
  struct Part {
    size_t at = 0;
    size_t size = 0;
  };
  struct Stored {
    Part key;
    Part text;
    Part item;
    std::optional<double> number;
    manifest::FactClass klass = manifest::FactClass::kState;
  };
  Part Keep(std::string_view text);
  [[nodiscard]] std::string_view View(Part part) const {
    return std::string_view(pool_).substr(part.at, part.size);
  }

  std::string pool_;
  std::vector<Stored> stored_;
  std::vector<Cell> cells_;
};

}  // namespace casepack::fleet
