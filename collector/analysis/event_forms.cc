#include "collector/analysis/event_forms.h"

#include <string>
#include <utility>

#include "collector/analysis/event_agent.h"
#include "collector/analysis/event_cef.h"
#include "collector/analysis/event_csv.h"
#include "collector/analysis/event_encoding.h"
#include "collector/analysis/event_json.h"
#include "collector/analysis/event_leef.h"
#include "collector/analysis/event_log.h"
#include "collector/analysis/event_row.h"
#include "collector/analysis/event_text.h"

namespace casepack::analysis {
namespace {

constexpr int kLinesLookedAt = 50;  // a log may begin in the middle of a message

// "{" and what an object begins with, or "[" and what a list of them does.
bool LooksLikeJson(std::string_view text) {
  text = TrimEventText(text.substr(0, 4096));
  if (text.empty() || (text[0] != '{' && text[0] != '[')) return false;
  const std::string_view next = TrimEventText(text.substr(1));
  if (next.empty()) return false;
  return text[0] == '{' ? next[0] == '"' || next[0] == '}'
                        : next[0] == '{' || next[0] == '[' || next[0] == ']';
}

// `rest` begins with `line`.
EventForm FormOfLine(std::string_view line, std::string_view rest, const EventWords& words) {
  if (IsAgentLogLine(line)) return EventForm::kAgentLog;
  if (IsCefLine(line)) return EventForm::kCef;
  if (IsLeefLine(line)) return EventForm::kLeef;
  if (BeginsAgentBlock(rest, words) || IsQuotedEvent(line, words)) return EventForm::kAgentBlock;
  if (IsCsvHeader(line, words) || BeginsCsvRow(line, ',')) return EventForm::kCsv;
  return EventForm::kUnknown;
}

ParsedEvents ParseForm(EventForm form, std::string_view text, const EventContext& context) {
  switch (form) {
    case EventForm::kCsv:
      return ParseCsvEvents(text, context);
    case EventForm::kCef:
      return ParseCef(text, context);
    case EventForm::kLeef:
      return ParseLeef(text, context);
    case EventForm::kJson:
      return ParseJsonEvents(text, context);
    case EventForm::kAgentBlock:
      return ParseAgentBlocks(text, context);
    case EventForm::kAgentLog:
      return ParseAgentLog(text, context);
    case EventForm::kUnknown:
      break;
  }
  ParsedEvents none;
  none.problems.push_back({1, {"analysis.event.form", {}}});
  return none;
}

}  // namespace

EventForm GuessEventForm(std::string_view text, const EventWords& words) {
  if (LooksLikeJson(text)) return EventForm::kJson;
  EventLines lines(text);
  std::string_view rest = text;
  for (int i = 0; i < kLinesLookedAt && lines.Next(); ++i, rest = lines.rest()) {
    const EventForm form = FormOfLine(lines.line(), rest, words);
    if (form != EventForm::kUnknown) return form;
  }
  return EventForm::kUnknown;
}

ParsedEvents ParseEvents(std::string_view bytes, const EventWords& words,
                         const EventLimits& limits) {
  const bool too_long = bytes.size() > limits.input_bytes;
  const std::string text = EventTextToUtf8(bytes.substr(0, limits.input_bytes));
  ParsedEvents parsed = ParseForm(GuessEventForm(text, words), text, EventContext{words, limits});
  if (too_long) {
    parsed.problems.push_back(
        {1, {"analysis.event.too_long", {{"limit", std::to_string(limits.input_bytes)}}}});
  }
  return parsed;
}

}  // namespace casepack::analysis
