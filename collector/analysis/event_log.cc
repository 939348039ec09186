#include "collector/analysis/event_log.h"

#include <optional>
#include <string>
#include <utility>

#include "collector/analysis/event_text.h"
#include "collector/analysis/event_time.h"

namespace casepack::analysis {
namespace {

constexpr std::string_view kBar = " | ";
constexpr size_t kLongestTime = 48;  // with its offset

struct LogLine {
  EventTime time;
  std::string_view level;    // "Error/1"
  std::string_view message;  // and what is behind it
};

std::optional<LogLine> SplitLine(std::string_view line) {
  // The end of the time is the colon before the level: "...: [Error/1] | ".
  constexpr std::string_view kColon = ": [";
  if (line.empty() || line[0] < '0' || line[0] > '9') return std::nullopt;
  const size_t colon = line.substr(0, kLongestTime).find(kColon);
  if (colon == std::string_view::npos) return std::nullopt;
  const auto time = ParseEventTime(line.substr(0, colon));
  if (!time) return std::nullopt;
  const std::string_view behind = line.substr(colon + kColon.size());
  const size_t close = behind.substr(0, kLongestTime).find(']');
  if (close == std::string_view::npos) return std::nullopt;
  std::string_view message = behind.substr(close + 1);
  if (message.substr(0, kBar.size()) == kBar) message.remove_prefix(kBar.size());
  return LogLine{*time, behind.substr(0, close), message};
}

// "dsa/ConnectionHandler.lua:1577:LogDsmCommand", "Amsp\AmInterface.cpp:260:dsam_init"
bool IsSource(std::string_view text) {
  const size_t first = text.find(':');
  if (first == 0 || first == std::string_view::npos) return false;
  const std::string_view number = text.substr(first + 1, text.find(':', first + 1) - first - 1);
  return ParseEventId(number).has_value();
}

struct Tail {
  std::string_view source;
  std::string_view thread;  // "480C:27DC:dsa.Scheduler_0006"
};

// From the right, since a message may have bars in it. A line without a source is all
// message.
Tail CutTail(std::string_view& message) {
  const size_t last = message.rfind(kBar);
  if (last == std::string_view::npos) return {};
  const std::string_view end = TrimEventText(message.substr(last + kBar.size()));
  const size_t before = last == 0 ? std::string_view::npos : message.rfind(kBar, last - 1);
  if (before != std::string_view::npos) {
    const std::string_view source =
        TrimEventText(message.substr(before + kBar.size(), last - before - kBar.size()));
    if (IsSource(source)) {
      message = message.substr(0, before);
      return {source, end};
    }
  }
  if (!IsSource(end)) return {};
  message = message.substr(0, last);
  return {end, {}};
}

EventLevel LevelOf(std::string_view level, const EventWords& words) {
  return words.LevelOf(level.substr(0, level.find('/')));
}

Event MakeEvent(const LogLine& line, uint32_t number, const EventContext& context) {
  Event event;
  event.line = number;
  event.time = line.time.instant;
  event.zone_known = line.time.zone_known;
  event.level = LevelOf(line.level, context.words);
  std::string_view message = line.message;
  const auto [source, thread] = CutTail(message);
  event.origin = CutEventText(source, kEventTitleBytes);
  event.text = CutEventText(TrimEventText(message), context.limits.text_bytes);
  event.fields.push_back({"log_level", CutEventText(line.level, kEventTitleBytes)});
  if (!thread.empty()) event.fields.push_back({"thread", CutEventText(thread, kEventTitleBytes)});
  return event;
}

void Continue(Event& event, std::string_view line, const EventLimits& limits) {
  if (event.text.size() + 1 >= limits.text_bytes) return;
  event.text += '\n';
  event.text += CutEventText(line, limits.text_bytes - event.text.size());
}

}  // namespace

bool IsAgentLogLine(std::string_view line) { return SplitLine(line).has_value(); }

ParsedEvents ParseAgentLog(std::string_view text, const EventContext& context) {
  EventList list(EventForm::kAgentLog, context.limits, KeepEvents::kLast);
  EventLines lines(text);
  uint32_t astray = 0;
  while (lines.Next()) {
    const auto line = SplitLine(lines.line());
    if (line) {
      list.Add(MakeEvent(*line, lines.number(), context));
    } else if (list.last() != nullptr) {
      Continue(*list.last(), lines.line(), context.limits);
    } else if (astray == 0 && !TrimEventText(lines.line()).empty()) {
      astray = lines.number();
    }
  }
  if (astray != 0) list.Tell(astray, {"analysis.event.log_line", {}});
  return list.Take();
}

}  // namespace casepack::analysis
