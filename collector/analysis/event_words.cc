#include "collector/analysis/event_words.h"

#include "collector/analysis/event_text.h"

namespace casepack::analysis {

void EventWords::Add(const manifest::EventTable& table) {
  for (const manifest::EventColumnNames& entry : table.columns) {
    for (const std::string& name : entry.names) {
      columns_.emplace(FoldEventName(name), EventColumnName{entry.column, entry.key});
      if (entry.column == EventColumn::kReasonId) reason_names_.push_back(name);
    }
  }
  for (const manifest::EventLevelNames& entry : table.levels) {
    for (const std::string& name : entry.names)
      levels_.emplace(FoldEventName(name), entry.level);
  }
}

const EventColumnName* EventWords::Find(std::string_view name) const {
  constexpr size_t kLongest = 200;  // no name is: nothing to fold
  if (name.size() > kLongest) return nullptr;
  const auto found = columns_.find(FoldEventName(name));
  return found == columns_.end() ? nullptr : &found->second;
}

EventLevel EventWords::LevelOf(std::string_view word) const {
  constexpr size_t kLongest = 200;
  if (word.size() > kLongest) return EventLevel::kUnknown;
  const auto found = levels_.find(FoldEventName(word));
  return found == levels_.end() ? EventLevel::kUnknown : found->second;
}

EventLevel LevelOfSeverity(std::string_view severity) {
  const auto number = ParseEventId(severity);
  if (!number) {
    const std::string word = FoldEventName(severity);
    if (word == "low") return EventLevel::kInfo;
    if (word == "medium") return EventLevel::kWarning;
    if (word == "high") return EventLevel::kError;
    return word == "very-high" ? EventLevel::kCritical : EventLevel::kUnknown;
  }
  if (*number > 10) return EventLevel::kUnknown;
  if (*number <= 3) return EventLevel::kInfo;
  if (*number <= 6) return EventLevel::kWarning;
  return *number <= 8 ? EventLevel::kError : EventLevel::kCritical;
}

}  // namespace casepack::analysis
