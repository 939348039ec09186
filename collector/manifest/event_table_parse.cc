#include "collector/manifest/event_table_parse.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "collector/base/json.h"
#include "collector/manifest/format.h"
#include "collector/manifest/members.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

constexpr std::string_view kEventsMember = "casepack_events";
constexpr int64_t kEventsVersion = 1;
constexpr Range<int64_t> kEventIdRange = {0, 999'999'999, "0", "999999999"};
constexpr std::string_view kColumns =
    "time|level|id|title|origin|target|text|reason_id|tags|actor|manager";
constexpr std::string_view kLevels = "debug|info|warning|error|critical";
constexpr std::string_view kSpaces = "system|agent";
constexpr std::string_view kEffects = "problem|resolved|neutral";

// The place of `word` among `choices`, which has the order of an enumeration.
size_t IndexOf(std::string_view choices, std::string_view word) {
  const std::vector<std::string> words = SplitChoices(choices);
  return static_cast<size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

bool ReadVerified(Members& members, ProblemList& problems) {
  const base::Json* value = members.Find("verified");
  return value == nullptr || ReadFlag(*value, problems).value_or(false);
}

std::vector<std::string> ReadNames(const base::Json* value, ProblemList& problems) {
  if (value == nullptr) return {};
  auto names = ReadTextList(*value, Empty::kRefused, problems);
  return names ? *std::move(names) : std::vector<std::string>();
}

std::vector<int64_t> ReadIds(const base::Json* value, ProblemList& problems) {
  std::vector<int64_t> ids;
  if (value == nullptr) return ids;
  if (value->array() == nullptr) {
    problems.Add(value->place, {"manifest.expected.list", {{"found", ShownValue(*value)}}});
    return ids;
  }
  for (const base::Json& element : *value->array()) {
    const auto id = ReadInteger(element, problems);
    if (id && Within(element, *id, kEventIdRange, problems)) ids.push_back(*id);
  }
  return ids;
}

std::optional<std::string> ReadChoiceOf(const base::Json* value, std::string_view choices,
                                        ProblemList& problems) {
  if (value == nullptr) return std::nullopt;
  return ReadChoice(*value, choices, problems);
}

// Calls `read` with each object of a list.
template <typename Read>
void ForEach(const base::Json* list, ProblemList& problems, Read read) {
  if (list == nullptr) return;
  if (list->array() == nullptr) {
    problems.Add(list->place, {"manifest.expected.list", {{"found", ShownValue(*list)}}});
    return;
  }
  for (const base::Json& element : *list->array()) {
    Members members(element, problems);
    if (element.object() == nullptr) continue;
    read(element, members);
    members.Finish();
  }
}

void ReadColumns(const base::Json* list, EventTable& table, ProblemList& problems) {
  ForEach(list, problems, [&](const base::Json&, Members& members) {
    EventColumnNames entry;
    const auto key = ReadChoiceOf(members.Require("column"), kColumns, problems);
    entry.names = ReadNames(members.Require("names"), problems);
    entry.verified = ReadVerified(members, problems);
    if (!key) return;
    entry.key = *key;
    const size_t other = static_cast<size_t>(EventColumn::kOther);
    entry.column = static_cast<EventColumn>(std::min(IndexOf(kColumns, *key), other));
    table.columns.push_back(std::move(entry));
  });
}

void ReadLevels(const base::Json* list, EventTable& table, ProblemList& problems) {
  ForEach(list, problems, [&](const base::Json&, Members& members) {
    EventLevelNames entry;
    const auto level = ReadChoiceOf(members.Require("level"), kLevels, problems);
    entry.names = ReadNames(members.Require("names"), problems);
    entry.verified = ReadVerified(members, problems);
    if (!level) return;
    entry.level = static_cast<EventLevel>(IndexOf(kLevels, *level) + 1);  // behind kUnknown
    table.levels.push_back(std::move(entry));
  });
}

std::vector<EventMatch> ReadMatches(const base::Json* list, ProblemList& problems) {
  std::vector<EventMatch> matches;
  ForEach(list, problems, [&](const base::Json& element, Members& members) {
    EventMatch match;
    if (const auto space = ReadChoiceOf(members.Find("space"), kSpaces, problems))
      match.space = *space == "system" ? EventSpace::kSystem : EventSpace::kAgent;
    match.ids = ReadIds(members.Find("ids"), problems);
    match.titles = ReadNames(members.Find("titles"), problems);
    match.phrases = ReadNames(members.Find("phrases"), problems);
    match.mentions = ReadIds(members.Find("mentions"), problems);
    match.verified = ReadVerified(members, problems);
    if (match.ids.empty() && match.titles.empty() && match.phrases.empty() &&
        match.mentions.empty()) {
      problems.Add(element.place, {"manifest.events.match_empty", {}});
    }
    matches.push_back(std::move(match));
  });
  return matches;
}

void ReadMeanings(const base::Json* list, EventTable& table, ProblemList& problems) {
  std::map<std::string, uint32_t, std::less<>> lines;  // id -> where it was used first
  ForEach(list, problems, [&](const base::Json&, Members& members) {
    EventMeaning meaning;
    const base::Json* id = members.Require("id");
    if (id != nullptr) meaning.id = ReadId(*id, IdForm::kWithDot, problems).value_or("");
    if (const auto effect = ReadChoiceOf(members.Require("effect"), kEffects, problems))
      meaning.effect = static_cast<EventEffect>(IndexOf(kEffects, *effect));
    meaning.matches = ReadMatches(members.Require("match"), problems);
    if (meaning.id.empty()) return;
    const auto [first, is_new] = lines.emplace(meaning.id, id->place.line);
    if (!is_new) {
      problems.Add(id->place,
                   {"manifest.item_id.twice",
                    {{"id", meaning.id}, {"first_line", std::to_string(first->second)}}});
    }
    table.meanings.push_back(std::move(meaning));
  });
}

void ReadTable(const base::Json& root, EventTable& table, ProblemList& problems) {
  Members members(root, problems);
  if (root.object() == nullptr) return;
  if (const base::Json* version = members.Require(kEventsMember)) {
    if (version->integer() == nullptr || *version->integer() != kEventsVersion) {
      problems.Add(version->place,
                   {"manifest.version.unknown",
                    {{"found", ShownValue(*version)}, {"known", std::to_string(kEventsVersion)}}});
    }
  }
  if (const base::Json* id = members.Require("id"))
    table.id = ReadId(*id, IdForm::kPlain, problems).value_or("");
  if (const base::Json* product = members.Require("product"))
    table.product = ReadId(*product, IdForm::kPlain, problems).value_or("");
  ReadColumns(members.Require("columns"), table, problems);
  ReadLevels(members.Require("levels"), table, problems);
  ReadMeanings(members.Require("meanings"), table, problems);
  members.Finish();
}

// The JSON reader tells the place in its message.
base::Place PlaceOf(const base::Message& message) {
  base::Place place{1, 1};
  for (const auto& [name, value] : message.args) {
    uint32_t* const number = name == "line"     ? &place.line
                             : name == "column" ? &place.column
                                                : nullptr;
    if (number != nullptr) std::from_chars(value.data(), value.data() + value.size(), *number);
  }
  return place;
}

}  // namespace

bool IsEventTable(std::string_view text) {
  const base::Result<base::Json> root = base::ParseJson(text, kJsonLimits);
  return root && root->Find(kEventsMember) != nullptr;
}

ParsedEventTable ParseEventTable(std::string_view file, std::string_view text) {
  ParsedEventTable parsed;
  ProblemList problems(file);
  const base::Result<base::Json> root = base::ParseJson(text, kJsonLimits);
  if (root) {
    ReadTable(*root, parsed.table, problems);
  } else {
    problems.Add(PlaceOf(root.error().message()), root.error().message());
  }
  parsed.problems = problems.Take();
  return parsed;
}

}  // namespace casepack::manifest
