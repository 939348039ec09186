// The event words and meanings that the binary has, for the tests of analysis/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collector/analysis/event_meaning.h"
#include "collector/analysis/event_row.h"
#include "collector/analysis/event_words.h"
#include "collector/manifest/builtin.h"
#include "collector/manifest/event_table_parse.h"

namespace casepack::analysis {

inline manifest::EventTable BuiltinTable() {
  manifest::EventTable all;
  for (const manifest::BuiltinFile& file : manifest::BuiltinEventFiles()) {
    manifest::EventTable table = manifest::ParseEventTable(file.name, file.text).table;
    for (auto& entry : table.columns)
      all.columns.push_back(std::move(entry));
    for (auto& entry : table.levels)
      all.levels.push_back(std::move(entry));
    for (auto& entry : table.meanings)
      all.meanings.push_back(std::move(entry));
  }
  return all;
}

inline const EventWords& TestWords() {
  static const EventWords words = [] {
    EventWords made;
    made.Add(BuiltinTable());
    return made;
  }();
  return words;
}

inline const EventMeanings& TestMeanings() {
  static const EventMeanings meanings = [] {
    EventMeanings made;
    made.Add(BuiltinTable());
    return made;
  }();
  return meanings;
}

inline EventContext TestContext() {
  static const EventLimits limits;
  return {TestWords(), limits};
}

// "3 analysis.event.time"
inline std::vector<std::string> ProblemsOf(const ParsedEvents& parsed) {
  std::vector<std::string> lines;
  for (const EventProblem& problem : parsed.problems)
    lines.push_back(std::to_string(problem.line) + " " + problem.message.key);
  return lines;
}

inline std::string TimeOf(const Event& event) {
  if (!event.time) return "none";
  return base::FormatUtc(*event.time) + (event.zone_known ? "" : " zone unknown");
}

inline std::string FieldOf(const Event& event, std::string_view name) {
  for (const EventField& field : event.fields) {
    if (field.name == name) return field.value;
  }
  return "";
}

// "security_update.failed", "am_engine.basic?" where it is not verified.
inline std::vector<std::string> MeaningsOf(const std::vector<Event>& events) {
  std::vector<std::string> ids;
  for (const FoundMeaning& found : TestMeanings().Of(events))
    ids.push_back(std::string(found.id) + (found.verified ? "" : "?"));
  return ids;
}

}  // namespace casepack::analysis
