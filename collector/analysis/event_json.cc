#include "collector/analysis/event_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "collector/analysis/event_text.h"
#include "collector/base/json.h"

namespace casepack::analysis {
namespace {

using base::Json;

// A value takes some 100 bytes: 50 MB at the most.
constexpr base::JsonLimits kLimits = {.bytes = 64U << 20U, .depth = 32, .values = 500'000};
constexpr int kDepth = 8;
constexpr int kInnerDepth = 2;  // a message in the message of a queue

std::string TextOf(const Json& value) {
  if (value.string() != nullptr) return *value.string();
  if (value.is_null()) return {};
  return WriteJson(value, base::JsonStyle::kOneLine);
}

// With an id, or with a title or a text beside a time.
bool IsEvent(const Json& object, const EventWords& words) {
  std::array<bool, 9> has = {};
  for (const Json::Member& member : *object.object()) {
    const bool scalar = member.value.array() == nullptr && member.value.object() == nullptr;
    const EventColumnName* name = scalar ? words.Find(member.name) : nullptr;
    if (name != nullptr) has[static_cast<size_t>(name->column)] = true;
  }
  const auto is = [&has](EventColumn column) { return has[static_cast<size_t>(column)]; };
  const bool tells = is(EventColumn::kTitle) || is(EventColumn::kText);
  return (is(EventColumn::kId) && (tells || is(EventColumn::kTime))) ||
         (tells && is(EventColumn::kTime));
}

class Walk {
 public:
  Walk(const EventContext& context, EventList& list) : context_(context), list_(list) {}

  // The Status of a text that is not JSON. `lines_before` are those of the file.
  base::Status Read(std::string_view text, uint32_t lines_before) {
    RETURN_IF_ERROR(Document(text, lines_before));
    // Texts in it that are JSON themselves: a queue, for the same reason as below.
    for (size_t i = 0; i < messages_.size() && !list_.full(); ++i) {
      message_line_ = messages_[i].line;
      message_depth_ = messages_[i].depth;
      const std::string message = std::exchange(messages_[i].text, {});
      if (!Document(message, 0).ok())
        list_.Tell(message_line_, {"analysis.event.json_message", {}});
    }
    messages_.clear();
    message_line_ = 0;
    message_depth_ = 0;
    return {};
  }

 private:
  struct Waiting {
    const Json* value;
    int depth;
  };
  struct Inner {
    std::string text;
    uint32_t line;
    int depth;
  };

  base::Status Document(std::string_view text, uint32_t lines_before) {
    const auto parsed = base::ParseJson(text, kLimits);
    if (!parsed) return parsed.error();
    const Json& root = *parsed;
    // A list of what waits, the next one last, instead of a function that calls itself.
    std::vector<Waiting> waiting = {{&root, 0}};
    while (!waiting.empty() && !list_.full()) {
      const Waiting next = waiting.back();
      waiting.pop_back();
      // Lines of an inner text are nobody's: told is where that stands.
      line_ = message_depth_ > 0 ? message_line_ : lines_before + next.value->place.line;
      if (next.value->array() != nullptr) {
        PushAll(*next.value->array(), next.depth, waiting);
      } else if (next.value->object() != nullptr) {
        Object(*next.value, next.depth, waiting);
      }
    }
    return {};
  }

  static void PushAll(const Json::Array& array, int depth, std::vector<Waiting>& waiting) {
    if (depth >= kDepth) return;
    for (auto it = array.rbegin(); it != array.rend(); ++it)
      waiting.push_back({&*it, depth + 1});
  }

  void Object(const Json& object, int depth, std::vector<Waiting>& waiting) {
    if (const Json* status = object.Find("computerStatus")) return Computer(object, *status);
    if (IsEvent(object, context_.words)) return ReadEvent(object);
    if (const std::string message = object.StringOr("Message", ""); !message.empty()) {
      if (message_depth_ < kInnerDepth) messages_.push_back({message, line_, message_depth_ + 1});
      return;
    }
    if (depth >= kDepth) return;
    for (auto it = object.object()->rbegin(); it != object.object()->rend(); ++it) {
      if (it->value.array() != nullptr || it->value.object() != nullptr)
        waiting.push_back({&it->value, depth + 1});
    }
  }

  void ReadEvent(const Json& object) {
    EventRow row(context_, line_);
    row.event().space = SpaceOf(object);
    for (const Json::Member& member : *object.object())
      row.Set(member.name, TextOf(member.value));
    list_.Add(row, context_);
  }

  // SNS calls the kind of an event so; others send system events only.
  static EventSpace SpaceOf(const Json& object) {
    const std::string type = object.StringOr("EventType", "SystemEvent");
    return type == "SystemEvent" ? EventSpace::kSystem : EventSpace::kModule;
  }

  void Computer(const Json& computer, const Json& status) {
    for (const char* name : {"agentStatusMessages", "applianceStatusMessages"}) {
      const Json* messages = status.Find(name);
      if (messages == nullptr || messages->array() == nullptr) continue;
      for (const Json& message : *messages->array()) {
        if (message.string() == nullptr || list_.full()) continue;
        EventRow row(context_, line_);
        row.event().title = CutEventText(*message.string(), kEventTitleBytes);
        row.event().origin = "computerStatus";
        row.event().target = CutEventText(computer.StringOr("hostName", ""), kEventTitleBytes);
        row.SetColumn(EventColumn::kOther, "agentStatus", status.StringOr("agentStatus", ""));
        list_.Add(row, context_);
      }
    }
  }

  const EventContext& context_;
  EventList& list_;
  std::vector<Inner> messages_;
  uint32_t line_ = 0;
  uint32_t message_line_ = 0;
  int message_depth_ = 0;  // 0: in the file itself
};

uint32_t LineOf(const base::Status& error) {
  uint32_t line = 1;
  for (const auto& [name, value] : error.message().args) {
    if (name == "line") std::from_chars(value.data(), value.data() + value.size(), line);
  }
  return line;
}

// One document a line. Told is what is none.
void ReadLines(std::string_view text, Walk& walk, EventList& list) {
  EventLines lines(text);
  while (lines.Next() && !list.full()) {
    if (TrimEventText(lines.line()).empty()) continue;
    if (!walk.Read(lines.line(), lines.number() - 1).ok())
      list.Tell(lines.number(), {"analysis.event.json", {}});
  }
}

// The first line that is not empty is a document of its own, and not the last one.
bool IsOneALine(std::string_view text) {
  text = TrimEventText(text);
  const size_t end = text.find('\n');
  return end != std::string_view::npos && base::ParseJson(text.substr(0, end), kLimits);
}

}  // namespace

ParsedEvents ParseJsonEvents(std::string_view text, const EventContext& context) {
  EventList list(EventForm::kJson, context.limits, KeepEvents::kFirst);
  Walk walk(context, list);
  if (IsOneALine(text)) {
    ReadLines(text, walk, list);
  } else if (const base::Status read = walk.Read(text, 0); !read.ok()) {
    list.Tell(LineOf(read), {"analysis.event.json", {}});
  }
  return list.Take();
}

}  // namespace casepack::analysis
