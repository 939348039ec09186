// The main job: plan, run, seal. Writes nothing but the bundle.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collector/analysis/facts.h"
#include "collector/base/result.h"
#include "collector/base/time.h"
#include "collector/bundle/format.h"
#include "collector/bundle/index.h"
#include "collector/os/host.h"
#include "collector/report/words.h"
#include "collector/run/incident.h"
#include "collector/run/load.h"
#include "collector/run/observer.h"
#include "collector/run/plan.h"
#include "redaction/engine.h"

namespace casepack::run {

struct CollectOptions {
  std::string output;  // a file, a folder, "-" for standard output; empty: the current folder
  std::optional<bundle::Format> format;  // else by the output's name, else tar.gz
  Selection selection;
  IncidentOptions incident;  // when it happened
  base::Duration timeout = std::chrono::minutes(5);
  unsigned jobs = 0;  // 0: as many as there are processors, four at most
  std::optional<uint64_t> max_size;
  std::optional<base::Timestamp> created;                  // else now: SOURCE_DATE_EPOCH
  std::vector<std::string> roles;                          // given by the user; empty: found
  std::shared_ptr<const analysis::Facts> healthy;          // of a host to compare with
  std::map<std::string, std::string, std::less<>> labels;  // that the user gives the bundle
  report::Language language = report::Language::kEnglish;
  std::string version;
  std::string commit;
};

struct Collected {
  bundle::Index index;
  analysis::Facts facts;  // read from the members, redacted like them
  std::string path;       // "-" for standard output
  uint64_t bytes = 0;     // of the bundle
  std::string sha256;     // of the bundle
};

// Everything the run stands on. What is not shared outlives the call.
struct CollectInputs {
  std::shared_ptr<const os::Host> host;
  std::shared_ptr<const Loaded> loaded;
  const report::Words& words;
  const base::StopFlag& stop;
  Observer& observer;
  redaction::EnginePtr redaction;  // what everything that is written goes through
};

// A Status only where no bundle was written: kInvalid for a wrong selection, before
// anything is touched; else why it could not be written. An unwritable target is known
// before anything is gathered.
base::Result<Collected> Collect(const CollectInputs& inputs, const CollectOptions& options);

}  // namespace casepack::run
