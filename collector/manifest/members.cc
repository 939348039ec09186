#include "collector/manifest/members.h"

#include <algorithm>

#include "collector/base/nearest.h"
#include "collector/manifest/format.h"

namespace casepack::manifest {

Members::Members(const base::Json& value, ProblemList& problems, What what)
    : value_(value), problems_(problems), what_(what) {
  if (value.object() == nullptr) {
    problems.Add(value.place, {"manifest.expected.object", {{"found", ShownValue(value)}}});
  }
}

const base::Json* Members::Find(std::string_view name) {
  asked_.emplace_back(name);
  return value_.Find(name);
}

const base::Json* Members::Require(std::string_view name) {
  const base::Json* found = Find(name);
  if (found == nullptr) missing_.emplace_back(name);
  return found;
}

void Members::Finish() {
  if (value_.object() == nullptr) return;
  const bool option = what_ == What::kOption;
  const char* const unknown = option ? "manifest.option.unknown" : "manifest.member.unknown";
  const char* const missing = option ? "manifest.option.missing" : "manifest.member.missing";
  for (const base::Json::Member& member : *value_.object()) {
    if (member.name == kComment) continue;
    if (std::find(asked_.begin(), asked_.end(), member.name) != asked_.end()) continue;
    const std::string_view nearest = base::Nearest(member.name, asked_);
    problems_.Add(member.place, {unknown, {{"name", Shown(member.name)}}}, nearest);
    // One slip of the pen is one problem: it is not missing, it is misspelt.
    missing_.erase(std::remove(missing_.begin(), missing_.end(), nearest), missing_.end());
  }
  for (const std::string& name : missing_) {
    problems_.Add(value_.place, {missing, {{"name", name}}});
  }
}

}  // namespace casepack::manifest
