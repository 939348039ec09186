// Is a bundle what its index says? Structure, names, digests, sizes; both directions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/bundle/reader.h"

namespace casepack::bundle {

struct VerifyProblem {
  std::string member;
  base::Message message;
};

inline constexpr size_t kMaxVerifyProblems = 1000;  // a hostile index could make millions

struct Verified {
  uint64_t members = 0;
  uint64_t bytes = 0;
  std::vector<VerifyProblem> problems;  // none: it is whole
};

// Reads the whole file. Where reading had to stop, why is the last of the problems, and the
// members that it did not come to are among them.
Verified Verify(Reader& reader);

}  // namespace casepack::bundle
