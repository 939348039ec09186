// All that conditions are asked about: the facts, the events, the roles, and the findings
// made so far. Values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "collector/analysis/facts.h"
#include "collector/bundle/index.h"

namespace casepack::analysis {

// An event as conditions see it: those nested in another stand for themselves, too.
struct SeenEvent {
  int64_t id = 0;
  std::string text;  // title and description
  bundle::EvidenceRow evidence;
};

struct Known {
  Facts facts;
  std::vector<SeenEvent> events;
  bool has_events = false;  // somebody gave us a list of them: what is not in it, was not
  std::string platform;
  bundle::CaseRow incident;  // when the error happened
  std::vector<std::string> roles;
  bool knows_roles = false;
  std::map<std::string, std::string, std::less<>> findings;  // id -> state
};

}  // namespace casepack::analysis
