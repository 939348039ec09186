// One event of the product, from whichever form it reached us in: a row of a console
// export, a CEF or LEEF line, a JSON object, a nested block, a line of the agent's log.
//
// Data only; free to move between threads. All texts are UTF-8. What a parser reads is
// hostile: it never fails as a whole, keeps to its limits, and tells what it could not
// read by line and reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collector/base/message.h"
#include "collector/base/time.h"
#include "collector/manifest/event_table.h"

namespace casepack::analysis {

enum class EventForm { kUnknown, kCsv, kCef, kLeef, kJson, kAgentBlock, kAgentLog };

using EventLevel = manifest::EventLevel;
using EventSpace = manifest::EventSpace;

struct EventField {  // what its form says beyond the columns that all forms share
  std::string name;
  std::string value;

  bool operator==(const EventField&) const = default;
};

struct Event {  // NOLINT(misc-no-recursion): copied with what is nested in it
  // What the clock showed. Where the zone is not known, as if that clock had been UTC.
  std::optional<base::Timestamp> time;
  bool zone_known = false;
  EventLevel level = EventLevel::kUnknown;
  EventSpace space = EventSpace::kNone;
  std::optional<int64_t> id;
  std::string title;
  std::string origin;  // who recorded it: "Agent", "Manager", or a source file and line
  std::string target;  // the computer that it is about, as the product names it
  std::string text;    // without the part that became `nested`
  std::vector<Event> nested;
  std::vector<EventField> fields;
  uint32_t line = 0;  // of the text that was parsed, from 1; for nested ones the parent's
};

struct EventProblem {
  uint32_t line = 0;
  base::Message message;
};

struct ParsedEvents {
  EventForm form = EventForm::kUnknown;
  std::vector<Event> events;
  std::vector<EventProblem> problems;
  size_t more_problems = 0;  // beyond EventLimits::problems
};

// Bounds the memory: about input + events * (1 KiB + text_bytes) at the very worst, and
// in practice the size of the input.
struct EventLimits {
  size_t input_bytes = 64U << 20U;
  size_t events = 100'000;          // top level; the first ones of a form, a log's last ones
  size_t nested = 200;              // in one event
  size_t text_bytes = 256U << 10U;  // of Event::text; other texts 1 KiB
  size_t fields = 64;
  size_t problems = 100;
};

}  // namespace casepack::analysis
