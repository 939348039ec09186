// Makes events out of named values, and keeps what a parse found within its limits. Used
// by all parsers; each object belongs to one parse and one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "collector/analysis/event.h"
#include "collector/analysis/event_words.h"

namespace casepack::analysis {

// What every parser is given beside the text.
struct EventContext {
  const EventWords& words;
  const EventLimits& limits;
};

// One event, value by value.
class EventRow {
 public:
  EventRow(const EventContext& context, uint32_t line);

  // By the name that its form has for it. Of two values for one column the first that is
  // not empty is taken, the other becomes a field.
  void Set(std::string_view name, std::string_view value);
  // For forms that have a place and not a name for it.
  void SetColumn(EventColumn column, std::string_view key, std::string_view value);
  Event& event() { return event_; }

  // A value that should have been a time, or a number, and was not: it is kept as a field.
  [[nodiscard]] bool bad_time() const { return bad_time_; }
  [[nodiscard]] bool bad_id() const { return bad_id_; }
  // Something that tells what happened: an id, a title or a text.
  [[nodiscard]] bool says_something() const;
  Event Take();

 private:
  void SetTime(std::string_view key, std::string_view value);
  void SetId(std::string_view key, std::string_view value);
  void SetText(std::string& target, size_t bytes, std::string_view key, std::string_view value);
  void AddField(std::string_view name, std::string_view value);

  const EventContext& context_;
  Event event_;
  bool bad_time_ = false;
  bool bad_id_ = false;
};

enum class KeepEvents { kFirst, kLast };

// Where a parser leaves what it found.
class EventList {
 public:
  EventList(EventForm form, const EventLimits& limits, KeepEvents keep);

  // Takes the nested block out of the event's text and tells about a bad time or id.
  void Add(EventRow& row, const EventContext& context);
  // As it is.
  void Add(Event event);
  void Tell(uint32_t line, base::Message message);
  // More events than the limit: the parser may as well stop.
  [[nodiscard]] bool full() const;
  // The last event that was added, or nullptr.
  [[nodiscard]] Event* last();
  ParsedEvents Take();

 private:
  const EventLimits& limits_;
  KeepEvents keep_;
  ParsedEvents parsed_;
  bool dropped_ = false;
  uint32_t dropped_line_ = 0;
};

constexpr size_t kEventTitleBytes = 1024;  // of titles, origins, targets and fields

}  // namespace casepack::analysis
