// Reads one object of a manifest: hands out its members by name, and at the end tells
// which ones were missing and which nobody asked for. So the names that a reader asks
// for are the list of the allowed ones, and there is no other.
//
// Points into the Json and the ProblemList that it is given. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/base/json.h"
#include "collector/manifest/problem_list.h"

namespace casepack::manifest {

class Members {
 public:
  enum class What { kMember, kOption };  // how messages call them

  // A value that is no object is a problem, and has no members.
  Members(const base::Json& value, ProblemList& problems, What what = What::kMember);

  // nullptr when it is not there.
  const base::Json* Find(std::string_view name);
  const base::Json* Require(std::string_view name);

  // Call it last, after all names were asked for.
  void Finish();

 private:
  const base::Json& value_;
  ProblemList& problems_;
  What what_;
  std::vector<std::string> asked_;
  std::vector<std::string> missing_;
};

}  // namespace casepack::manifest
