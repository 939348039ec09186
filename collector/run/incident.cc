#include "collector/run/incident.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "collector/bundle/safe_text.h"
#include "collector/run/clock.h"
#include "collector/run/evidence.h"

namespace casepack::run {
namespace {

using base::Code;
using base::Status;
using base::Timestamp;

constexpr std::chrono::seconds kLook(20);  // at most, for evidence

void SetError(Incident& incident, Timestamp error, const char* from,
              const IncidentOptions& options) {
  incident.window.error = error;
  incident.window.span = {error - options.around.before, error + options.around.after};
  incident.row.error_time = error;
  incident.row.error_from = from;
  incident.row.from = incident.window.span.from;
  incident.row.to = incident.window.span.to;
}

// Has the plan an item of that manifest? What is not asked for tells no error time.
bool IsPlanned(const manifest::Manifest& manifest, const Plan& plan) {
  return std::any_of(plan.items.begin(), plan.items.end(), [&](const PlannedItem& planned) {
    return std::any_of(manifest.items.begin(), manifest.items.end(),
                       [&](const manifest::Item& item) { return &item == planned.item; });
  });
}

}  // namespace

base::Result<Incident> ReadIncident(const os::Host& host, const IncidentOptions& options) {
  Incident incident;
  ASSIGN_OR_RETURN(incident.window, ReadClock(host, options.time_zone));
  incident.row.error_zone = incident.window.zone_name;
  incident.row.zone_from = records::NameOf(incident.window.zone_source);
  const Timestamp now = options.now.value_or(host.Now());
  SetError(incident, now, "run", options);
  if (options.error_time.empty()) return incident;
  const auto time = records::ParseTypedTime(options.error_time, now, *incident.window.zone);
  if (!time || *time < Timestamp() + std::chrono::days(3660)) {
    return Status(Code::kInvalid, {"run.incident.time", {{"value", options.error_time}}});
  }
  if (*time > now + std::chrono::days(1)) {
    return Status(Code::kInvalid,
                  {"run.incident.to_come",
                   {{"value", options.error_time}, {"time", base::FormatUtc(*time)}}});
  }
  SetError(incident, *time, "given", options);
  return incident;
}

void FindIncident(const os::Host& host, const std::vector<manifest::Manifest>& manifests,
                  const Plan& plan, const IncidentOptions& options,
                  const redaction::EnginePtr& engine, const base::Deadline& deadline,
                  Incident& incident) {
  if (!options.error_time.empty()) return;
  std::vector<const manifest::Evidence*> evidence;
  std::vector<const manifest::Evidence*> fallback;
  for (const manifest::Manifest& manifest : manifests) {
    if (!IsPlanned(manifest, plan)) continue;
    for (const manifest::Evidence& one : manifest.evidence)
      (one.fallback ? fallback : evidence).push_back(&one);
  }
  EvidenceLimits limits;
  limits.deadline = base::Deadline::After(std::min(deadline.Remaining() / 4, base::Duration(kLook)),
                                          deadline.stop);
  const records::Window& window = incident.window;
  auto found = FindEvidence(host, evidence, *window.zone, window.error, limits);
  if (!found) found = FindEvidence(host, fallback, *window.zone, window.error, limits);
  if (!found) return;
  SetError(incident, found->time, "found", options);
  incident.row.evidence = found->evidence;
  incident.row.source = bundle::SafeText(engine, found->path, nullptr);
  incident.row.line = bundle::SafeText(engine, found->line, nullptr);
}

}  // namespace casepack::run
