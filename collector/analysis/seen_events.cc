#include "collector/analysis/seen_events.h"

#include <fmt/format.h>

#include <string>

#include "collector/analysis/event_forms.h"
#include "collector/base/utf8.h"
#include "collector/manifest/builtin.h"
#include "collector/manifest/event_table_parse.h"

namespace casepack::analysis {
namespace {

constexpr std::string_view kEventFile = "event_file";
constexpr size_t kMaxShown = 400;
constexpr size_t kMaxEvents = 200'000;  // of all files

EventWords BuiltinWords() {
  EventWords words;
  for (const manifest::BuiltinFile& file : manifest::BuiltinEventFiles())
    words.Add(manifest::ParseEventTable(file.name, file.text).table);
  return words;
}

// NOLINTNEXTLINE(misc-no-recursion): two levels, which the parsers bound
void See(const Event& event, const std::string& member, Known* known) {
  if (known->events.size() >= kMaxEvents) return;
  SeenEvent seen;
  seen.id = event.id.value_or(0);
  seen.text = event.title + "\n" + event.text;
  std::string shown = event.time ? base::FormatUtc(*event.time) + " " : "";
  if (event.id) shown += fmt::format("{} ", *event.id);
  shown += event.title + ": " + event.text;
  seen.evidence = {"", "", member, event.line, base::CutUtf8(shown, kMaxShown)};
  known->events.push_back(std::move(seen));
  for (const Event& nested : event.nested)
    See(nested, member, known);
}

}  // namespace

void ReadEvents(const Content& content, Known* known) {
  const EventLimits limits;
  for (const bundle::ItemRow& item : *content.items) {
    if (item.kind != kEventFile || item.members.empty()) continue;
    static const EventWords words = BuiltinWords();
    for (const bundle::MemberRow& member : item.members) {
      std::string bytes;
      const base::Status read = content.read(member, [&](std::string_view part) {
        bytes.append(part);
        return bytes.size() <= limits.input_bytes;
      });
      if (!read.ok()) continue;
      const ParsedEvents parsed = ParseEvents(bytes, words, limits);
      for (const Event& event : parsed.events)
        See(event, member.name, known);
      const bool whole = !member.cut_head && !member.cut_tail;
      known->has_events = known->has_events || (whole && !parsed.events.empty());
    }
  }
}

}  // namespace casepack::analysis
