#include "collector/bundle/json_redaction.h"

#include <algorithm>
#include <string>
#include <vector>

namespace casepack::bundle {
namespace {

using base::Json;
using redaction::EnginePtr;

constexpr const char* kRule = "secret-name";
constexpr const char* kReplacement = "[REDACTED:secret-name]";

// That a secret is there or not is no secret.
bool TellsNothing(const Json& value) {
  const std::string* text = value.string();
  return value.is_null() || value.boolean() != nullptr || (text != nullptr && text->empty());
}

Json Hidden(const Json& value, redaction::Counts* counts) {
  if (TellsNothing(value)) return value;
  ++(*counts)[kRule];
  return kReplacement;
}

// {"name": "db_password", "value": "..."}
bool NamesASecret(const Json& object) {
  for (const char* field : {"name", "key"}) {
    const Json* name = object.Find(field);
    if (name != nullptr && name->string() != nullptr && redaction::IsSecretName(*name->string())) {
      return true;
    }
  }
  return false;
}

// NOLINTBEGIN(misc-no-recursion): as deep as the value, which the parser bounds or our own
// code builds.
Json RedactArray(const EnginePtr& engine, const Json::Array& array, redaction::Counts* counts) {
  std::vector<std::string> texts;
  for (const Json& element : array) {
    if (element.string() != nullptr) texts.push_back(*element.string());
  }
  Json::Array out;
  if (!array.empty() && texts.size() == array.size()) {
    for (std::string& text : redaction::RedactArguments(engine, texts, counts))
      out.emplace_back(std::move(text));
  } else {
    for (const Json& element : array)
      out.push_back(RedactJson(engine, element, counts));
  }
  return out;
}

// A name that was redacted may be there twice, and an object has each name once.
std::string UniqueName(const Json& object, std::string name) {
  while (object.Find(name) != nullptr)
    name += '~';
  return name;
}

Json RedactObject(const EnginePtr& engine, const Json& value, redaction::Counts* counts) {
  const bool names_a_secret = NamesASecret(value);
  Json out{Json::Object()};
  for (const Json::Member& member : *value.object()) {
    const bool secret =
        redaction::IsSecretName(member.name) || (names_a_secret && member.name == "value");
    std::string name = redaction::RedactText(engine, member.name, counts);
    if (name != member.name) name = UniqueName(out, std::move(name));
    out.Set(std::move(name),
            secret ? Hidden(member.value, counts) : RedactJson(engine, member.value, counts));
  }
  return out;
}

}  // namespace

Json RedactJson(const EnginePtr& engine, const Json& value, redaction::Counts* counts) {
  if (value.object() != nullptr) return RedactObject(engine, value, counts);
  if (value.array() != nullptr) return RedactArray(engine, *value.array(), counts);
  if (value.string() != nullptr) return redaction::RedactText(engine, *value.string(), counts);
  return value;
}
// NOLINTEND(misc-no-recursion)

Json RedactFactsJson(const EnginePtr& engine, const Json& facts, redaction::Counts* counts) {
  Json out{Json::Object()};
  for (const Json::Member& member : *facts.object()) {
    const Json::Object* rows = member.name == "facts" ? member.value.object() : nullptr;
    if (rows == nullptr) {
      out.Set(member.name, RedactJson(engine, member.value, counts));
      continue;
    }
    Json safe{Json::Object()};
    for (const Json::Member& row : *rows) {
      std::string name = redaction::RedactText(engine, row.name, counts);
      if (name != row.name) name = UniqueName(safe, std::move(name));
      safe.Set(std::move(name), RedactJson(engine, row.value, counts));
    }
    out.Set(member.name, std::move(safe));
  }
  return out;
}

}  // namespace casepack::bundle
