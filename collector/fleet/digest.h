// The digest: one line of JSON about one run of collect, written where it ran and read where
// many of them come together. The form is in README.md beside this file.
//
// Values; a DigestReader belongs to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collector/analysis/facts.h"
#include "collector/base/json.h"
#include "collector/bundle/index.h"
#include "collector/fleet/table.h"

namespace casepack::fleet {

inline constexpr const char* kDigestFormat = "casepack-digest/1";

struct DigestOf {
  const bundle::Index& index;
  const analysis::Facts& facts;
  std::string bundle;  // its path
  uint64_t bytes = 0;
  std::string sha256;
  int exit = 0;
};
base::Json DigestJson(const DigestOf& of);

// Of a run without a bundle. `host` may be empty.
base::Json FailedDigestJson(std::string_view host, std::string_view version, int exit,
                            std::string_view error);

// Lines of digests -> a table, as of bundles. What stands before the brace is let pass ("web01:
// " of remote shells); a line that is none is a row with its reason.
class DigestReader {
 public:
  void Line(std::string_view line);
  Table Finish();

 private:
  uint64_t number_ = 0;
  Table table_;
};

}  // namespace casepack::fleet
