#include "collector/manifest/fact_parse.h"

#include <algorithm>
#include <string_view>

#include "collector/manifest/format.h"
#include "collector/manifest/members.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

using base::Json;
using From = FactReader::From;
using Give = FactReader::Give;

constexpr size_t kMaxKey = 200;

template <typename Enum>
void ReadWord(Members& members, const char* name, std::string_view words, Enum* out,
              ProblemList& problems) {
  const Json* value = members.Find(name);
  if (value == nullptr) return;
  const auto word = ReadChoice(*value, words, problems);
  if (!word) return;
  const std::vector<std::string> all = SplitChoices(words);
  *out = static_cast<Enum>(std::find(all.begin(), all.end(), *word) - all.begin());
}

bool IsKeyByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._-/{}").find(c) != std::string_view::npos;
}

void ParseWhere(const Json& value, FactReader& reader, ProblemList& problems) {
  if (value.object() == nullptr) {
    problems.Add(value.place, {"manifest.expected.object", {{"found", ShownValue(value)}}});
    return;
  }
  for (const Json::Member& member : *value.object()) {
    if (auto list = ReadTextList(member.value, Empty::kRefused, problems))
      reader.where.emplace_back(member.name, *std::move(list));
  }
}

void ParseMap(const Json& value, FactReader& reader, ProblemList& problems) {
  if (value.object() == nullptr) {
    problems.Add(value.place, {"manifest.expected.object", {{"found", ShownValue(value)}}});
    return;
  }
  for (const Json::Member& member : *value.object()) {
    if (auto read = ReadFactValue(member.value, problems)) reader.map.emplace(member.name, *read);
  }
}

// What the reader needs by where it reads from; `asked` are there, or are missing.
void ParseSource(Members& members, FactReader& reader, ProblemList& problems) {
  const bool lines = reader.from == From::kLines || reader.from == From::kPairs;
  if (const Json* pattern = lines ? members.Require("pattern") : members.Find("pattern"))
    reader.pattern = ReadPattern(*pattern, problems);
  const bool pairs = reader.from == From::kPairs;
  if (const Json* pattern =
          pairs ? members.Require("value_pattern") : members.Find("value_pattern"))
    reader.value_pattern = ReadPattern(*pattern, problems);
  const bool named = reader.from == From::kKeyValue || reader.from == From::kItem;
  if (const Json* name = named ? members.Require("name") : members.Find("name"))
    reader.name = ReadText(*name, problems).value_or("");
  const bool pointed =
      reader.from == From::kJson || (reader.from == From::kRecords && reader.give == Give::kValue);
  if (const Json* pointer = pointed ? members.Require("pointer") : members.Find("pointer"))
    reader.pointer = ReadText(*pointer, problems).value_or("");
  if (const Json* where = members.Find("where")) ParseWhere(*where, reader, problems);
}

FactReader ParseFact(const Json& value, FactsOf of, ProblemList& problems) {
  FactReader reader;
  Members members(value, problems);
  if (value.object() == nullptr) return reader;
  if (const Json* key = members.Require("key")) {
    reader.key = ReadFactKey(*key, Stars::kRefused, problems).value_or("");
  }
  if (of == FactsOf::kAnyItem) {
    if (const Json* item = members.Require("item"))
      reader.item = ReadId(*item, IdForm::kWithDot, problems).value_or("");
  }
  ReadWord(members, "from", kFactFroms, &reader.from, problems);
  ReadWord(members, "give", kFactGives, &reader.give, problems);
  ReadWord(members, "take", kFactTakes, &reader.take, problems);
  ReadWord(members, "type", kFactTypes, &reader.type, problems);
  ReadWord(members, "class", kFactClasses, &reader.klass, problems);
  ParseSource(members, reader, problems);
  if (const Json* member = members.Find("member"))
    reader.member = ReadText(*member, problems).value_or("");
  if (const Json* map = members.Find("map")) ParseMap(*map, reader, problems);
  if (const Json* verified = members.Find("verified"))
    reader.verified = ReadFlag(*verified, problems).value_or(true);
  members.Finish();
  return reader;
}

void ParseDerivedMap(const Json& value, DerivedFact& fact, ProblemList& problems) {
  if (value.object() == nullptr) {
    problems.Add(value.place, {"manifest.expected.object", {{"found", ShownValue(value)}}});
    return;
  }
  for (const Json::Member& member : *value.object()) {
    if (auto text = ReadText(member.value, problems))
      fact.map.emplace_back(member.name, *std::move(text));
  }
}

DerivedFact ParseDerivedFact(const Json& value, ProblemList& problems) {
  DerivedFact fact;
  Members members(value, problems);
  if (value.object() == nullptr) return fact;
  if (const Json* key = members.Require("key"))
    fact.key = ReadFactKey(*key, Stars::kRefused, problems).value_or("");
  const Json* difference = members.Find("difference");
  if (const Json* text = difference == nullptr ? members.Require("text") : members.Find("text"))
    fact.text = ReadText(*text, problems).value_or("");
  if (difference != nullptr) {
    const auto keys = ReadTextList(*difference, Empty::kRefused, problems);
    if (keys && keys->size() == 2) {
      fact.difference = *keys;
    } else if (keys) {
      problems.Add(difference->place,
                   {"manifest.expected.two_facts", {{"found", ShownValue(*difference)}}});
    }
  }
  if (const Json* map = members.Find("map")) ParseDerivedMap(*map, fact, problems);
  ReadWord(members, "class", kFactClasses, &fact.klass, problems);
  if (const Json* verified = members.Find("verified"))
    fact.verified = ReadFlag(*verified, problems).value_or(true);
  members.Finish();
  return fact;
}

}  // namespace

std::optional<FactValue> ReadFactValue(const Json& value, ProblemList& problems) {
  if (value.boolean() != nullptr) return *value.boolean();
  if (value.integer() != nullptr) return *value.integer();
  if (value.number() != nullptr) return *value.number();
  if (value.string() != nullptr) return *value.string();
  problems.Add(value.place, {"manifest.expected.fact_value", {{"found", ShownValue(value)}}});
  return std::nullopt;
}

std::optional<std::string> ReadFactKey(const Json& value, Stars stars, ProblemList& problems) {
  const auto key = ReadText(value, problems);
  if (!key) return std::nullopt;
  const bool good = std::all_of(key->begin(), key->end(), [stars](char c) {
    return IsKeyByte(c) || (c == '*' && stars == Stars::kAllowed);
  });
  if (good && !key->empty() && key->size() <= kMaxKey) return key;
  problems.Add(value.place, {"manifest.expected.fact_key", {{"found", ShownValue(value)}}});
  return std::nullopt;
}

std::optional<base::Pattern> ReadPattern(const Json& value, ProblemList& problems) {
  const auto text = ReadText(value, problems);
  if (!text) return std::nullopt;
  auto pattern = base::Pattern::Compile(*text);
  if (pattern) return *std::move(pattern);
  problems.Add(value.place, {"manifest.expected.pattern",
                             {{"found", ShownValue(value)},
                              {"detail", pattern.error().message().args.front().second}}});
  return std::nullopt;
}

std::vector<FactReader> ParseFacts(const Json& value, FactsOf of, ProblemList& problems) {
  std::vector<FactReader> readers;
  if (value.array() == nullptr) {
    problems.Add(value.place, {"manifest.expected.list", {{"found", ShownValue(value)}}});
    return readers;
  }
  for (const Json& element : *value.array()) {
    FactReader reader = ParseFact(element, of, problems);
    if (!reader.key.empty()) readers.push_back(std::move(reader));
  }
  return readers;
}

std::vector<DerivedFact> ParseDerived(const Json& value, ProblemList& problems) {
  std::vector<DerivedFact> derived;
  if (value.array() == nullptr) {
    problems.Add(value.place, {"manifest.expected.list", {{"found", ShownValue(value)}}});
    return derived;
  }
  for (const Json& element : *value.array()) {
    DerivedFact fact = ParseDerivedFact(element, problems);
    if (!fact.key.empty()) derived.push_back(std::move(fact));
  }
  return derived;
}

}  // namespace casepack::manifest
