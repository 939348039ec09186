// Where the parser leaves the problems that it finds, in whatever order it finds them.
// For one file and one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/base/json.h"
#include "collector/manifest/problem.h"

namespace casepack::manifest {

class ProblemList {
 public:
  explicit ProblemList(std::string_view file) : file_(file) {}

  void Add(base::Place place, base::Message message, std::string_view nearest = {});
  // In the order of the text. Leaves nothing behind.
  std::vector<Problem> Take();

 private:
  std::string file_;
  std::vector<Problem> problems_;
};

// For a message: what an author wrote, on one line, with nothing in it that a terminal
// would obey, and cut where it is long.
std::string Shown(std::string_view text);
// The same for any value: a text in quotes, "[…]" and "{…}" for what has parts.
std::string ShownValue(const base::Json& value);

}  // namespace casepack::manifest
