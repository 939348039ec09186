// The case of a run: when the error happened and which time around it is wanted. Any thread.
#pragma once

#include <optional>
#include <string>

#include "collector/base/result.h"
#include "collector/bundle/index.h"
#include "collector/manifest/manifest.h"
#include "collector/os/host.h"
#include "collector/records/typed_time.h"
#include "collector/records/window.h"
#include "collector/run/plan.h"
#include "redaction/engine.h"

namespace casepack::run {

struct IncidentOptions {
  std::string error_time;  // as typed; empty: found in the logs, else now
  std::string time_zone;   // as typed; empty: the host's
  records::Around around{std::chrono::hours(2), std::chrono::minutes(30)};
  std::optional<base::Timestamp> now;  // else the host's: SOURCE_DATE_EPOCH
};

struct Incident {
  records::Window window;
  bundle::CaseRow row;  // what the index tells of it
};

// kInvalid: a time or a zone that is none, or a time to come. Reads what the zone is; the
// logs only in FindIncident.
base::Result<Incident> ReadIncident(const os::Host& host, const IncidentOptions& options);

// The same where no time was given: looks for the newest evidence that the manifests of the
// plan declare.
void FindIncident(const os::Host& host, const std::vector<manifest::Manifest>& manifests,
                  const Plan& plan, const IncidentOptions& options,
                  const redaction::EnginePtr& engine, const base::Deadline& deadline,
                  Incident& incident);

}  // namespace casepack::run
