// The event tables of all products in a form to look things up in: which column a name
// stands for, which level a word. Immutable after Add; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "collector/analysis/event.h"
#include "collector/manifest/event_table.h"

namespace casepack::analysis {

using EventColumn = manifest::EventColumn;

struct EventColumnName {
  EventColumn column = EventColumn::kOther;
  std::string key;  // "time"; a name that no table has: the name itself, cut
};

class EventWords {
 public:
  void Add(const manifest::EventTable& table);

  // Names are compared as FoldEventName has it. nullptr for one that is not known.
  [[nodiscard]] const EventColumnName* Find(std::string_view name) const;
  // kUnknown for a word that is none.
  [[nodiscard]] EventLevel LevelOf(std::string_view word) const;
  // How a text calls the reason id: "Reason ID".
  [[nodiscard]] const std::vector<std::string>& reason_names() const { return reason_names_; }

 private:
  std::map<std::string, EventColumnName, std::less<>> columns_;
  std::map<std::string, EventLevel, std::less<>> levels_;
  std::vector<std::string> reason_names_;
};

// CEF's and LEEF's severity, 0 to 10, or the words that CEF has for it.
EventLevel LevelOfSeverity(std::string_view severity);

}  // namespace casepack::analysis
