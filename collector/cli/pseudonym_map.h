// The customer's own list of what was renamed to what (--map), and its way back
// (`casepack reveal`). It never goes into a bundle.
//
// The file: one line a name, `kind TAB pseudonym TAB original`, after the line
// "# casepack map 1".
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"
#include "redaction/identifier.h"

namespace casepack::cli {

// Thread-safe.
class PseudonymMap {
 public:
  void Add(redaction::Identifier kind, std::string_view original, std::string_view pseudonym);
  [[nodiscard]] std::string Text() const;

 private:
  struct Row {
    redaction::Identifier kind;
    std::string original;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Row, std::less<>> rows_;  // by pseudonym
};

// Puts the originals back. A value; immutable, any thread.
class Revealer {
 public:
  // kInvalid with the line that is none of a map.
  static base::Result<Revealer> Parse(std::string_view map);

  // One line, or a whole text.
  [[nodiscard]] std::string Reveal(std::string_view text) const;

 private:
  static constexpr size_t kIndexed = 4;  // letters by which names are looked up first
  void Add(std::string_view pseudonym, std::string_view original);

  std::map<std::string, std::string, std::less<>> originals_;
  std::map<std::string, std::vector<size_t>, std::less<>> lengths_;  // by the first letters
};

}  // namespace casepack::cli
