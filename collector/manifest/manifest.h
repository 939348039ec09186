// A manifest as plain data: what to gather, under which conditions and limits. Made by
// manifest/parse.h, read by everyone above. The format is in manifests/README.md.
#pragma once

#include <string>
#include <vector>

#include "collector/manifest/conclusion.h"
#include "collector/manifest/fact_reader.h"
#include "collector/manifest/options.h"

namespace casepack::manifest {

// All of them must hold; an empty list is no condition.
struct When {
  std::vector<std::string> platforms;  // one of: "linux", "windows"
  std::vector<std::string> exists;     // each of these paths
};

enum class Consent {
  kDefault,
  kAsk,  // changes state, is heavy or specially sensitive: only with --yes or a yes
};

struct Item {
  std::string id;  // "area.name", stable for ever: fleets compare by it
  Title title;
  std::string kind;
  Options options;
  When when;
  Limits limits;
  int priority = 50;  // 0 to 100: order of work, and what --max-size keeps
  Consent consent = Consent::kDefault;
  std::vector<FactReader> facts;  // that its output holds
  std::string events;             // which parser reads events out of it; empty: none
};

// What shows in a log that the error happened: the time of the newest such line is the
// time of the error, if nobody names one.
struct Evidence {
  std::string id;  // "area.name"
  Title title;
  std::vector<std::string> paths;    // of logs, as in kinds that read files
  std::vector<std::string> texts;    // any of them in a line
  std::vector<std::string> ids;      // or one of these numbers right behind an anchor, whole:
  std::vector<std::string> anchors;  // 2209 in a fraction of a second is no event
  std::vector<std::string> from;     // if given: only the first such line behind one of these
  bool fallback = false;             // counts only where no other evidence is found
  bool verified = true;              // false: from experience, not from a source
};

struct Manifest {
  std::string id;
  Title title;
  std::string product;  // empty: for any host
  When when;            // holds for every item
  std::vector<Item> items;
  std::vector<FactReader> facts;  // of items of any manifest
  std::vector<DerivedFact> derived;
  Conclusions conclusions;
  std::vector<Evidence> evidence;
};

}  // namespace casepack::manifest
