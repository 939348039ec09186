// Counts replacements by rule, many of which come from few rules: the map is asked once for
// each name that goes by. Belongs to one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "redaction/stream.h"

namespace casepack::redaction {

class Tally {
 public:
  // `counts` may be null: then nothing is counted.
  explicit Tally(Counts* counts) : counts_(counts) {}

  // `rule` points to the one text that names it as long as this lives.
  void Add(std::string_view rule) {
    if (counts_ == nullptr) return;
    Row& row = rows_[(reinterpret_cast<uintptr_t>(rule.data()) >> 3) % rows_.size()];
    if (row.rule.data() != rule.data() || row.rule.size() != rule.size())
      row = {rule, &(*counts_)[std::string(rule)]};
    ++*row.count;
  }

 private:
  struct Row {
    std::string_view rule;
    uint64_t* count = nullptr;  // of the map, whose rows stay where they are
  };
  Counts* counts_;
  std::array<Row, 64> rows_{};
};

}  // namespace casepack::redaction
