#include "collector/analysis/event_cef.h"

#include <string>
#include <vector>

#include "collector/analysis/event_syslog.h"
#include "collector/analysis/event_text.h"

namespace casepack::analysis {
namespace {

constexpr std::string_view kMark = "CEF:";
// Version, vendor, product, its version, signature id, name, severity.
constexpr size_t kParts = 7;

bool ReadLine(std::string_view line, EventRow& row) {
  const auto found = FindSyslogMark(line, kMark);
  if (!found) return false;
  std::string_view extension;
  const std::vector<std::string> parts = SplitSyslogHeader(found->body, kParts, &extension);
  if (parts.size() != kParts || !ParseEventId(parts[0])) return false;
  ReadSyslogTime(found->before, row);
  Event& event = row.event();
  event.space = SpaceOfProduct(parts[2]);
  row.SetColumn(EventColumn::kOther, "product", parts[2]);
  row.SetColumn(EventColumn::kOther, "product_version", parts[3]);
  row.SetColumn(EventColumn::kId, "id", parts[4]);
  row.SetColumn(EventColumn::kTitle, "title", parts[5]);
  event.level = LevelOfSeverity(parts[6]);
  ReadSyslogFields(extension, row);
  return true;
}

}  // namespace

bool IsCefLine(std::string_view line) {
  const auto found = FindSyslogMark(line, kMark);
  return found && found->body.find('|') != std::string_view::npos;
}

ParsedEvents ParseCef(std::string_view text, const EventContext& context) {
  EventList list(EventForm::kCef, context.limits, KeepEvents::kFirst);
  EventLines lines(text);
  while (lines.Next() && !list.full()) {
    if (TrimEventText(lines.line()).empty()) continue;
    EventRow row(context, lines.number());
    if (ReadLine(lines.line(), row)) {
      list.Add(row, context);
    } else {
      list.Tell(lines.number(), {"analysis.event.cef_line", {}});
    }
  }
  return list.Take();
}

}  // namespace casepack::analysis
