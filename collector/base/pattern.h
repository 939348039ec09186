// A regular expression that cannot hang: RE2, linear in the text whatever the pattern.
// The library is seen by pattern.cc alone.
//
// Immutable once made and shared; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collector/base/result.h"

namespace casepack::base {

class Pattern {
 public:
  // RE2's syntax over bytes in UTF-8, `^` and `$` at the ends of the text that is matched.
  // kInvalid with args detail.
  static Result<Pattern> Compile(const std::string& text);

  // Is it anywhere in the text?
  [[nodiscard]] bool Matches(std::string_view text) const;
  // The groups of the first match, the whole match first; empty when there is none. A group
  // that took no part is empty. They point into `text`.
  [[nodiscard]] std::vector<std::string_view> Groups(std::string_view text) const;
  [[nodiscard]] int group_count() const;
  // The number of the group that is named `(?P<value>...)`, else of the last one.
  [[nodiscard]] size_t value_group() const;

 private:
  class Compiled;
  explicit Pattern(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace casepack::base
