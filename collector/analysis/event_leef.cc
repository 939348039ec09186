#include "collector/analysis/event_leef.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "collector/analysis/event_syslog.h"
#include "collector/analysis/event_text.h"

namespace casepack::analysis {
namespace {

constexpr std::string_view kMark = "LEEF:";
constexpr size_t kParts = 5;  // version, vendor, product, its version, event id

// "^", "x5E" or "0x5E" between the id and the attributes. '\0': `part` is not a separator.
char SeparatorOf(std::string_view part) {
  if (part.size() == 1) return part[0];
  const size_t digits = part.substr(0, 2) == "0x" ? 2 : part.substr(0, 1) == "x" ? 1 : 0;
  if (digits == 0 || part.size() == digits || part.size() > 6) return '\0';
  unsigned value = 0;
  const char* const end = part.data() + part.size();
  const auto [stop, error] = std::from_chars(part.data() + digits, end, value, 16);
  return error == std::errc() && stop == end && value > 0 && value < 0x80 ? static_cast<char>(value)
                                                                          : '\0';
}

char TakeSeparator(std::string_view& attributes) {
  const size_t bar = attributes.find('|');
  if (bar == std::string_view::npos || bar > 6) return '\t';
  const char separator = bar == 0 ? '\t' : SeparatorOf(attributes.substr(0, bar));
  if (separator == '\0') return '\t';
  attributes.remove_prefix(bar + 1);
  return separator;
}

void ReadAttributes(std::string_view attributes, EventRow& row) {
  const char separator = TakeSeparator(attributes);
  if (attributes.find(separator) == std::string_view::npos) {
    ReadSyslogFields(attributes, row);
    return;
  }
  while (!attributes.empty()) {
    const size_t end = std::min(attributes.find(separator), attributes.size());
    const std::string_view attribute = attributes.substr(0, end);
    const size_t equals = attribute.find('=');
    if (equals != std::string_view::npos && equals > 0)
      row.Set(attribute.substr(0, equals), UnescapeSyslog(attribute.substr(equals + 1)));
    attributes.remove_prefix(std::min(end + 1, attributes.size()));
  }
}

bool ReadLine(std::string_view line, EventRow& row) {
  const auto found = FindSyslogMark(line, kMark);
  if (!found) return false;
  std::string_view attributes;
  const std::vector<std::string> parts = SplitSyslogHeader(found->body, kParts, &attributes);
  if (parts.size() != kParts) return false;
  ReadSyslogTime(found->before, row);
  row.event().space = SpaceOfProduct(parts[2]);
  row.SetColumn(EventColumn::kOther, "product", parts[2]);
  row.SetColumn(EventColumn::kOther, "product_version", parts[3]);
  row.SetColumn(EventColumn::kId, "id", parts[4]);
  ReadAttributes(attributes, row);
  return true;
}

}  // namespace

bool IsLeefLine(std::string_view line) {
  const auto found = FindSyslogMark(line, kMark);
  return found && found->body.find('|') != std::string_view::npos;
}

ParsedEvents ParseLeef(std::string_view text, const EventContext& context) {
  EventList list(EventForm::kLeef, context.limits, KeepEvents::kFirst);
  EventLines lines(text);
  while (lines.Next() && !list.full()) {
    if (TrimEventText(lines.line()).empty()) continue;
    EventRow row(context, lines.number());
    if (ReadLine(lines.line(), row)) {
      list.Add(row, context);
    } else {
      list.Tell(lines.number(), {"analysis.event.leef_line", {}});
    }
  }
  return list.Take();
}

}  // namespace casepack::analysis
