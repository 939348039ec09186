// What follows from the facts: causes, the checklist, the verdict, as data. The format is in
// manifests/README.md, "Conclusions". Values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/manifest/condition.h"

namespace casepack::manifest {

struct Title {
  std::string en;
  std::string ja;
};

// A cause. Its conditions are tried in this order; the first that holds names its state.
struct Finding {
  std::string id;  // "cause.ksp_missing"
  Title title;
  std::optional<Condition> when;  // else it is not applicable
  std::optional<Condition> confirmed;
  std::optional<Condition> likely;
  std::optional<Condition> possible;
  std::optional<Condition> ruled_out;
  Title remedy;
  Title settle;     // what would settle it when it stays unknown; may be empty
  std::string faq;  // the step of the vendor's page
  int rank = 50;    // among equals, the higher is told first
  bool verified = true;
};

// A row of the vendor's checklist.
struct Check {
  std::string id;  // "environment.os"
  Title title;
  std::optional<Condition> when;
  std::optional<Condition> problem;
  std::optional<Condition> ok;
  std::vector<std::string> findings;  // any of them confirmed or likely: a problem
  std::vector<std::string> show;      // keys of facts whose values answer it, `*` allowed
  Title remedy;
  Title unknown;  // what to say when neither holds
};

// The headline: the first state whose condition holds.
struct EngineState {
  std::string state;  // "offline"
  Title title;
  Condition when;
  std::vector<std::string> since;  // ids of the evidence that shows when it began
};

struct Role {
  std::string role;
  Condition when;
};

struct Conclusions {
  std::vector<Role> roles;
  std::vector<EngineState> states;
  std::vector<Finding> findings;
  std::vector<Check> checklist;
};

}  // namespace casepack::manifest
