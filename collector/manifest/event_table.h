// The words of a product's events as plain data: how its forms call their columns and
// levels, and which events mean what. Made by manifest/event_table_parse.h, read by
// analysis/. The format is in manifests/README.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace casepack::manifest {

enum class EventColumn { kTime, kLevel, kId, kTitle, kOrigin, kTarget, kText, kReasonId, kOther };
enum class EventLevel { kUnknown, kDebug, kInfo, kWarning, kError, kCritical };

// Which table of numbers an event's id belongs to: the same number means different things.
enum class EventSpace {
  kNone,    // a line of a log, or nobody knows
  kSystem,  // recorded by the manager
  kAgent,   // raised on the host; mostly nested in a system event
  kModule,  // found by a protection module: no meaning is ever sought there
};

struct EventColumnNames {
  EventColumn column = EventColumn::kOther;
  std::string key;  // "time"; of kOther: "tags", "actor", "manager"
  std::vector<std::string> names;
  bool verified = true;
};

struct EventLevelNames {
  EventLevel level = EventLevel::kUnknown;
  std::vector<std::string> names;
  bool verified = true;
};

enum class EventEffect { kProblem, kResolved, kNeutral };

// One way to know a meaning; any of its lists will do.
struct EventMatch {
  EventSpace space = EventSpace::kNone;  // kNone: system and agent events alike
  std::vector<int64_t> ids;
  std::vector<std::string> titles;   // the whole title; of events without an id if ids are known
  std::vector<std::string> phrases;  // in title or text, up to the end of a clause
  std::vector<int64_t> mentions;     // a number that stands alone in a line of a log
  bool verified = true;
};

struct EventMeaning {
  std::string id;  // "pattern_update.failed", stable for ever
  EventEffect effect = EventEffect::kNeutral;
  std::vector<EventMatch> matches;
};

struct EventTable {
  std::string id;
  std::string product;
  std::vector<EventColumnNames> columns;
  std::vector<EventLevelNames> levels;
  std::vector<EventMeaning> meanings;
};

}  // namespace casepack::manifest
