#include "collector/analysis/event_row.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "collector/analysis/event_agent.h"
#include "collector/analysis/event_text.h"
#include "collector/analysis/event_time.h"

namespace casepack::analysis {

EventRow::EventRow(const EventContext& context, uint32_t line) : context_(context) {
  event_.line = line;
}

void EventRow::AddField(std::string_view name, std::string_view value) {
  if (value.empty() || event_.fields.size() >= context_.limits.fields) return;
  event_.fields.push_back(
      {CutEventText(name, kEventTitleBytes), CutEventText(value, kEventTitleBytes)});
}

void EventRow::SetText(std::string& target, size_t bytes, std::string_view key,
                       std::string_view value) {
  if (target.empty()) {
    target = CutEventText(value, bytes);
  } else {
    AddField(key, value);
  }
}

void EventRow::SetTime(std::string_view key, std::string_view value) {
  const auto time = ParseEventTime(value);
  if (!time) {
    bad_time_ = bad_time_ || !event_.time;
    AddField(key, value);
    return;
  }
  if (event_.time) return AddField(key, value);
  event_.time = time->instant;
  event_.zone_known = time->zone_known;
  bad_time_ = false;
}

void EventRow::SetId(std::string_view key, std::string_view value) {
  const auto id = ParseEventId(value);
  if (id && !event_.id) {
    event_.id = id;
    return;
  }
  bad_id_ = bad_id_ || !id;
  AddField(key, value);
}

void EventRow::Set(std::string_view name, std::string_view value) {
  const EventColumnName* column = context_.words.Find(name);
  if (column == nullptr) return AddField(TrimEventText(name), TrimEventText(value));
  SetColumn(column->column, column->key, value);
}

void EventRow::SetColumn(EventColumn column, std::string_view key, std::string_view value) {
  value = TrimEventText(value);
  if (value.empty()) return;
  switch (column) {
    case EventColumn::kTime:
      return SetTime(key, value);
    case EventColumn::kId:
      return SetId(key, value);
    case EventColumn::kLevel:
      if (event_.level == EventLevel::kUnknown) event_.level = context_.words.LevelOf(value);
      if (event_.level == EventLevel::kUnknown) event_.level = LevelOfSeverity(value);
      if (event_.level == EventLevel::kUnknown) AddField(key, value);
      return;
    case EventColumn::kTitle:
      return SetText(event_.title, kEventTitleBytes, key, value);
    case EventColumn::kOrigin:
      return SetText(event_.origin, kEventTitleBytes, key, value);
    case EventColumn::kTarget:
      return SetText(event_.target, kEventTitleBytes, key, value);
    case EventColumn::kText:
      return SetText(event_.text, context_.limits.text_bytes, key, value);
    case EventColumn::kReasonId:
    case EventColumn::kOther:
      return AddField(key, value);
  }
}

bool EventRow::says_something() const {
  return event_.id || !event_.title.empty() || !event_.text.empty();
}

Event EventRow::Take() { return std::exchange(event_, Event()); }

EventList::EventList(EventForm form, const EventLimits& limits, KeepEvents keep)
    : limits_(limits), keep_(keep) {
  parsed_.form = form;
}

void EventList::Tell(uint32_t line, base::Message message) {
  if (parsed_.problems.size() >= limits_.problems) {
    ++parsed_.more_problems;
    return;
  }
  parsed_.problems.push_back({line, std::move(message)});
}

bool EventList::full() const { return keep_ == KeepEvents::kFirst && dropped_; }

void EventList::Add(Event event) {
  if (keep_ == KeepEvents::kFirst && parsed_.events.size() >= limits_.events) {
    if (!dropped_) dropped_line_ = event.line;
    dropped_ = true;
    return;
  }
  if (parsed_.events.size() >= 2 * limits_.events) {  // of kLast: half of them are too old
    const auto old = std::prev(parsed_.events.end(), static_cast<ptrdiff_t>(limits_.events));
    parsed_.events.erase(parsed_.events.begin(), old);
    dropped_ = true;
  }
  parsed_.events.push_back(std::move(event));
}

void EventList::Add(EventRow& row, const EventContext& context) {
  const uint32_t line = row.event().line;
  if (!row.says_something()) {
    Tell(line, {"analysis.event.empty", {}});
    return;
  }
  if (row.bad_time()) Tell(line, {"analysis.event.time", {}});
  if (row.bad_id()) Tell(line, {"analysis.event.id", {}});
  Event event = row.Take();
  SplitNestedEvents(event, context);
  Add(std::move(event));
}

Event* EventList::last() { return parsed_.events.empty() ? nullptr : &parsed_.events.back(); }

ParsedEvents EventList::Take() {
  if (parsed_.events.size() > limits_.events) {
    const auto old = std::prev(parsed_.events.end(), static_cast<ptrdiff_t>(limits_.events));
    parsed_.events.erase(parsed_.events.begin(), old);
    dropped_ = true;
  }
  if (dropped_) {  // in any case, also when the problems are too many
    const uint32_t line = keep_ == KeepEvents::kFirst ? dropped_line_ : 1;
    parsed_.problems.push_back(
        {line, {"analysis.event.too_many", {{"limit", std::to_string(limits_.events)}}}});
  }
  return std::move(parsed_);
}

}  // namespace casepack::analysis
