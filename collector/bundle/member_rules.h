// Which names of a foreign archive are accepted. One thread.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "collector/base/result.h"

namespace casepack::bundle {

class MemberRules {
 public:
  explicit MemberRules(uint64_t longest_name) : longest_name_(longest_name) {}

  // The path less the bundle's folder, which the first path tells; empty for the folder
  // itself. kInvalid: absolute, with `..`, a backslash, control characters or bytes that
  // are not UTF-8, too long, of another folder, or seen before.
  base::Result<std::string> Accept(std::string_view path);

 private:
  const uint64_t longest_name_;
  std::string folder_;
  std::set<std::pair<uint64_t, uint64_t>> seen_;  // digests: names may be long and many
};

}  // namespace casepack::bundle
