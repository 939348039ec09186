// What holds for whatever a parser of events made of any bytes.
#pragma once

#include <cstdlib>
#include <string_view>

#include "collector/analysis/event_row.h"
#include "collector/base/utf8.h"
#include "tests/analysis/event_fixture.h"

namespace casepack::analysis {

inline void Require(bool condition) {
  if (!condition) std::abort();
}

// Small, so that they are met.
inline constexpr EventLimits kFuzzLimits = {.input_bytes = 1U << 20U,
                                            .events = 50,
                                            .nested = 5,
                                            .text_bytes = 200,
                                            .fields = 6,
                                            .problems = 7};

inline void CheckText(const std::string& text, size_t bytes, bool is_utf8) {
  Require(text.size() <= bytes);
  if (is_utf8) Require(base::IsUtf8(text));
}

inline void CheckEvent(const Event& event, bool is_utf8) {
  Require(event.line > 0);
  Require(event.time || !event.zone_known);
  Require(!event.id || (*event.id >= 0 && *event.id <= 999'999'999));
  Require(event.nested.size() <= kFuzzLimits.nested);
  Require(event.fields.size() <= kFuzzLimits.fields + 2);
  CheckText(event.text, kFuzzLimits.text_bytes, is_utf8);
  CheckText(event.title, kEventTitleBytes, is_utf8);
  CheckText(event.origin, kEventTitleBytes, is_utf8);
  CheckText(event.target, kEventTitleBytes, is_utf8);
  for (const EventField& field : event.fields) {
    CheckText(field.name, kEventTitleBytes, is_utf8);
    CheckText(field.value, kEventTitleBytes, is_utf8);
  }
}

// `is_utf8`: what was parsed was, so all that came of it is.
inline void CheckEvents(const ParsedEvents& parsed, bool is_utf8) {
  Require(parsed.events.size() <= kFuzzLimits.events);
  Require(parsed.problems.size() <= kFuzzLimits.problems + 2);
  for (const EventProblem& problem : parsed.problems)
    Require(problem.line > 0 && !problem.message.key.empty());
  for (const Event& event : parsed.events) {
    CheckEvent(event, is_utf8);
    for (const Event& nested : event.nested) {
      CheckEvent(nested, is_utf8);
      Require(nested.nested.empty() && nested.space == EventSpace::kAgent);
    }
  }
}

// For one target: it costs more time than the parsers.
inline void CheckMeanings(const ParsedEvents& parsed) {
  for (const Event& event : parsed.events)
    ReasonIdOf(event, TestWords());
  for (const FoundMeaning& found : TestMeanings().Of(parsed.events))
    Require(!found.id.empty() && found.event != nullptr);
}

inline void CheckParser(ParsedEvents (*parse)(std::string_view, const EventContext&),
                        std::string_view text) {
  const EventContext context{TestWords(), kFuzzLimits};
  CheckEvents(parse(text, context), base::IsUtf8(text));
}

}  // namespace casepack::analysis
