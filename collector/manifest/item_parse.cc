#include "collector/manifest/item_parse.h"

#include <algorithm>
#include <string>
#include <utility>

#include "collector/base/nearest.h"
#include "collector/base/utf8.h"
#include "collector/manifest/fact_parse.h"
#include "collector/manifest/members.h"
#include "collector/manifest/option_parse.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

// A title stands in tables and on terminals: one line, and not a blank one.
std::string ParseTitleText(const base::Json& value, ProblemList& problems) {
  std::optional<std::string> text = ReadText(value, problems);
  if (!text) return {};
  const char* wrong = nullptr;
  if (base::Visible(*text) != *text) wrong = "manifest.text.control";
  if (text->find_first_not_of(' ') == std::string::npos) wrong = "manifest.text.empty";
  if (wrong == nullptr) return *std::move(text);
  problems.Add(value.place, {wrong, {{"found", ShownValue(value)}}});
  return {};
}

std::vector<std::string> ParsePlatforms(const base::Json& value, ProblemList& problems) {
  std::vector<std::string> platforms;
  const auto read = [&](const base::Json& one) {
    if (auto platform = ReadChoice(one, kPlatforms, problems)) platforms.push_back(*platform);
  };
  const base::Json::Array* list = value.array();
  if (list == nullptr) {
    read(value);
  } else if (list->empty()) {
    problems.Add(value.place, {"manifest.list.empty", {{"found", ShownValue(value)}}});
  } else {
    std::for_each(list->begin(), list->end(), read);
  }
  return platforms;
}

bool IsAbsolute(std::string_view path) {
  if (path.substr(0, 1) == "/") return true;
  const bool drive = path.size() >= 3 && path[1] == ':' && (path[2] == '\\' || path[2] == '/');
  const char letter = drive ? static_cast<char>(path[0] | 0x20) : ' ';
  return letter >= 'a' && letter <= 'z';
}

std::vector<std::string> ParseExists(const base::Json& value, ProblemList& problems) {
  const auto paths = ReadTextList(value, Empty::kRefused, problems);
  if (!paths) return {};
  for (size_t i = 0; i < paths->size(); ++i) {
    if (IsAbsolute((*paths)[i])) continue;
    const base::Json& wrong = value.array() == nullptr ? value : (*value.array())[i];
    problems.Add(wrong.place, {"manifest.expected.absolute", {{"found", ShownValue(wrong)}}});
  }
  return *paths;
}

Limits ParseLimits(const base::Json& value, Limits limits, ProblemList& problems) {
  Members members(value, problems);
  if (const base::Json* timeout = members.Find("timeout")) {
    const auto read = ReadDuration(*timeout, problems);
    if (read && Within(*timeout, *read, kTimeoutRange, problems)) limits.timeout = *read;
  }
  if (const base::Json* bytes = members.Find("max_bytes")) {
    const auto read = ReadSize(*bytes, problems);
    if (read && Within(*bytes, *read, kMaxBytesRange, problems)) limits.max_bytes = *read;
  }
  if (const base::Json* files = members.Find("max_files")) {
    const auto read = ReadInteger(*files, problems);
    if (read && Within(*files, *read, kMaxFilesRange, problems)) {
      limits.max_files = static_cast<uint64_t>(*read);
    }
  }
  members.Finish();
  return limits;
}

const KindFields* FindKind(const base::Json& name, std::span<const KindFields> kinds,
                           ProblemList& problems) {
  const std::optional<std::string> text = ReadText(name, problems);
  if (!text) return nullptr;
  std::vector<std::string> names;
  for (const KindFields& kind : kinds) {
    if (kind.name == *text) return &kind;
    names.emplace_back(kind.name);
  }
  problems.Add(name.place, {"manifest.kind.unknown", {{"name", Shown(*text)}}},
               base::Nearest(*text, names));
  return nullptr;
}

// The members that hang together: the options and the limits go by the kind.
void ParseWork(const base::Json& value, Members& members, std::span<const KindFields> kinds,
               Item& item, ProblemList& problems) {
  const base::Json* name = members.Require("kind");
  const KindFields* kind = name == nullptr ? nullptr : FindKind(*name, kinds, problems);
  base::Json none(base::Json::Object{});
  none.place = value.place;
  const base::Json* with = members.Find("with");
  if (with == nullptr) with = &none;
  if (kind != nullptr) {
    item.kind = kind->name;
    item.limits = kind->defaults;
    item.options = ParseOptions(*with, kind->fields, problems);
  } else if (with->object() == nullptr) {
    problems.Add(with->place, {"manifest.expected.object", {{"found", ShownValue(*with)}}});
  }
  if (const base::Json* limits = members.Find("limits")) {
    item.limits = ParseLimits(*limits, item.limits, problems);
  }
}

}  // namespace

Title ParseTitle(const base::Json& value, ProblemList& problems) {
  Title title;
  Members members(value, problems);
  if (const base::Json* en = members.Require("en")) title.en = ParseTitleText(*en, problems);
  if (const base::Json* ja = members.Require("ja")) title.ja = ParseTitleText(*ja, problems);
  members.Finish();
  return title;
}

When ParseWhen(const base::Json& value, ProblemList& problems) {
  When when;
  Members members(value, problems);
  if (const base::Json* platform = members.Find("platform")) {
    when.platforms = ParsePlatforms(*platform, problems);
  }
  if (const base::Json* exists = members.Find("exists")) {
    when.exists = ParseExists(*exists, problems);
  }
  members.Finish();
  return when;
}

Item ParseItem(const base::Json& value, std::span<const KindFields> kinds, ProblemList& problems) {
  Item item;
  Members members(value, problems);
  if (value.object() == nullptr) return item;
  if (const base::Json* id = members.Require("id")) {
    item.id = ReadId(*id, IdForm::kWithDot, problems).value_or("");
  }
  if (const base::Json* title = members.Require("title")) {
    item.title = ParseTitle(*title, problems);
  }
  ParseWork(value, members, kinds, item, problems);
  if (const base::Json* when = members.Find("when")) item.when = ParseWhen(*when, problems);
  if (const base::Json* priority = members.Find("priority")) {
    const auto read = ReadInteger(*priority, problems);
    if (read && Within(*priority, *read, kPriorityRange, problems)) {
      item.priority = static_cast<int>(*read);
    }
  }
  if (const base::Json* consent = members.Find("consent")) {
    const bool ask = ReadChoice(*consent, kConsents, problems) == "ask";
    item.consent = ask ? Consent::kAsk : Consent::kDefault;
  }
  if (const base::Json* facts = members.Find("facts"))
    item.facts = ParseFacts(*facts, FactsOf::kTheItem, problems);
  if (const base::Json* events = members.Find("events"))
    item.events = ReadChoice(*events, kEventForms, problems).value_or("");
  members.Finish();
  return item;
}

}  // namespace casepack::manifest
