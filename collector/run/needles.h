// The texts by which a manifest's evidence is known, as they stand in a log of some
// encoding, and all places of them in a piece of it. Values; any thread may read.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/manifest/manifest.h"
#include "collector/records/encoding.h"

namespace casepack::run {

struct Needle {
  size_t evidence;  // its number
  bool from;        // the state before it
  bool number;      // ends with one: no further digit may follow
  std::string text;
  std::optional<std::boyer_moore_horspool_searcher<std::string::const_iterator>> searcher;
};

struct Hit {
  uint64_t at;
  const Needle* needle;
};

class Needles {
 public:
  // Of logs in bytes both as UTF-8 and as CP932, of UTF-16 in that.
  Needles(const std::vector<const manifest::Evidence*>& evidence, records::Encoding encoding);
  Needles(const Needles&) = delete;
  Needles& operator=(const Needles&) = delete;

  [[nodiscard]] size_t longest() const { return longest_; }

  // Those in `text` that begin before `until`, the last first; `offset`: where the text
  // stands in the log. In UTF-16 the text begins with a whole character.
  [[nodiscard]] std::vector<Hit> In(std::string_view text, size_t until, uint64_t offset) const;

 private:
  void Add(size_t evidence, bool from, bool number, const std::string& text);
  void AddEncoded(size_t evidence, bool from, bool number, std::string text);

  const records::Encoding encoding_;
  std::vector<Needle> needles_;
  size_t longest_ = 0;
};

}  // namespace casepack::run
