// Is a bundle what its index says? Structure, names, digests, sizes; both directions. And
// is nothing in it that redaction should have removed?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collector/bundle/reader.h"
#include "redaction/engine.h"

namespace casepack::bundle {

struct VerifyProblem {
  std::string member;
  base::Message message;
};

struct VerifySecret {
  std::string member;
  std::string rule;
  uint64_t line = 0;  // from 1; the value itself is never told
};

inline constexpr size_t kMaxVerifyProblems = 1000;  // a hostile index could make millions

struct Verified {
  uint64_t members = 0;
  uint64_t bytes = 0;
  std::vector<VerifyProblem> problems;  // none: it is whole
  std::vector<VerifySecret> secrets;    // none: no rule finds anything in it
};

// Reads the whole file. Where reading had to stop, why is the last of the problems, and the
// members that it did not come to are among them.
// Member names are looked through, too. Without an engine nothing is scanned for secrets.
Verified Verify(Reader& reader, const redaction::EnginePtr& engine);

}  // namespace casepack::bundle
