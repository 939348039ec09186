// A condition over what is known of a host, as data: true, false or unknown (the analysis
// decides). The format is in manifests/README.md, "Conditions". Values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/base/pattern.h"
#include "collector/manifest/fact_reader.h"

namespace casepack::manifest {

struct Condition {
  enum class Kind {
    kAlways,
    kAll,
    kAny,
    kNot,
    kFact,   // a fact against values, another fact, or whether it is there at all
    kEvent,  // an event that says so, or that there is none
    kRole,   // agent, relay, manager
    kPlatform,
    kFinding,  // how another cause came out
  };
  enum class Op { kExists, kEqual, kNotEqual, kLess, kAtMost, kMore, kAtLeast, kMatches };

  Kind kind = Kind::kAlways;
  std::vector<Condition> parts;  // kAll, kAny, kNot
  std::string key;               // of the fact ({other.fact} filled in), or of the finding
  Op op = Op::kEqual;
  std::vector<FactValue> values;         // one of them; kNotEqual: none of them
  std::string other;                     // instead of values: the fact to compare with
  std::optional<base::Pattern> pattern;  // kMatches
  std::vector<int64_t> ids;              // kEvent: one of these, or any
  std::vector<base::Pattern> texts;      // kEvent: one of these in its text, or any
  std::vector<std::string> words;        // kRole, kPlatform, kFinding: one of these
  bool verified = true;                  // false: rests on what was never seen, so at most "likely"
};

}  // namespace casepack::manifest
