#include "collector/manifest/parse.h"

#include <charconv>
#include <string>
#include <utility>

#include "collector/manifest/conclusion_parse.h"
#include "collector/manifest/evidence_parse.h"
#include "collector/manifest/fact_parse.h"
#include "collector/manifest/item_parse.h"
#include "collector/manifest/members.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

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

enum class Version { kReadable, kNewer };

Version ParseVersion(const base::Json& value, ProblemList& problems) {
  const int64_t* version = value.integer();
  if (version != nullptr && *version == kVersion) return Version::kReadable;
  const bool newer = version != nullptr && *version > kVersion;
  problems.Add(value.place, {newer ? "manifest.version.newer" : "manifest.version.unknown",
                             {{"found", ShownValue(value)}, {"known", std::to_string(kVersion)}}});
  return newer ? Version::kNewer : Version::kReadable;
}

void ParseItems(const base::Json& value, std::span<const KindFields> kinds, Parsed& parsed,
                ProblemList& problems) {
  if (value.array() == nullptr) {
    problems.Add(value.place, {"manifest.expected.list", {{"found", ShownValue(value)}}});
    return;
  }
  for (const base::Json& element : *value.array()) {
    Item item = ParseItem(element, kinds, problems);
    if (item.id.empty()) continue;
    const base::Place place = element.Find("id")->place;
    const auto [first, is_new] = parsed.item_places.emplace(item.id, place);
    if (is_new) {
      parsed.manifest.items.push_back(std::move(item));
    } else {
      problems.Add(place, {"manifest.item_id.twice",
                           {{"id", item.id}, {"first_line", std::to_string(first->second.line)}}});
    }
  }
}

void ParseAllEvidence(const base::Json& value, Manifest& manifest, ProblemList& problems) {
  if (value.array() == nullptr) {
    problems.Add(value.place, {"manifest.expected.list", {{"found", ShownValue(value)}}});
    return;
  }
  for (const base::Json& element : *value.array())
    manifest.evidence.push_back(ParseEvidence(element, problems));
}

void ParseFile(const base::Json& root, std::span<const KindFields> kinds, Parsed& parsed,
               ProblemList& problems) {
  Members members(root, problems);
  if (root.object() == nullptr) return;
  const base::Json* version = members.Require(kVersionMember);
  // What a newer format means by its members is not for us to judge.
  if (version != nullptr && ParseVersion(*version, problems) == Version::kNewer) return;
  Manifest& manifest = parsed.manifest;
  if (const base::Json* id = members.Require("id")) {
    manifest.id = ReadId(*id, IdForm::kPlain, problems).value_or("");
    parsed.id_place = id->place;
  }
  if (const base::Json* title = members.Require("title")) {
    manifest.title = ParseTitle(*title, problems);
  }
  if (const base::Json* product = members.Find("product")) {
    manifest.product = ReadId(*product, IdForm::kPlain, problems).value_or("");
  }
  if (const base::Json* when = members.Find("when")) manifest.when = ParseWhen(*when, problems);
  if (const base::Json* items = members.Require("items")) {
    ParseItems(*items, kinds, parsed, problems);
  }
  if (const base::Json* evidence = members.Find("evidence")) {
    ParseAllEvidence(*evidence, manifest, problems);
  }
  if (const base::Json* facts = members.Find("facts"))
    manifest.facts = ParseFacts(*facts, FactsOf::kAnyItem, problems);
  if (const base::Json* derived = members.Find("derived"))
    manifest.derived = ParseDerived(*derived, problems);
  manifest.conclusions = ParseConclusions(members, problems);
  members.Finish();
}

}  // namespace

Parsed Parse(std::string_view file, std::string_view text, std::span<const KindFields> kinds) {
  Parsed parsed;
  ProblemList problems(file);
  const base::Result<base::Json> root = base::ParseJson(text, kJsonLimits);
  if (root) {
    ParseFile(*root, kinds, parsed, problems);
  } else {
    const base::Message message = root.error().message();
    problems.Add(PlaceOf(message), message);
  }
  parsed.problems = problems.Take();
  return parsed;
}

}  // namespace casepack::manifest
