// The part of JSON Schema 2020-12 that our own schemas use, for tests: does a value keep
// to a schema? Throws on a keyword that it does not know, so that nothing is passed over.
#pragma once

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string>

#include "collector/base/json.h"

namespace casepack::manifest {

class SchemaJudge {
 public:
  explicit SchemaJudge(const base::Json& root) : root_(root) {}

  [[nodiscard]] bool Keeps(const base::Json& value) const { return Keeps(value, root_); }

 private:
  using Json = base::Json;

  [[nodiscard]] bool Keeps(const Json& value, const Json& schema) const {
    if (schema.boolean() != nullptr) return *schema.boolean();
    return std::all_of(schema.object()->begin(), schema.object()->end(),
                       [&](const auto& word) { return KeepsWord(value, schema, word); });
  }

  [[nodiscard]] bool KeepsWord(const Json& value, const Json& schema,
                               const Json::Member& word) const {
    const std::string& name = word.name;
    const Json& rule = word.value;
    if (name == "$schema" || name == "$defs" || name == "default" || name == "then") return true;
    if (name == "type") return HasType(value, *rule.string());
    if (name == "const") return Same(value, rule);
    if (name == "enum") return AnyOf(rule, [&](const Json& one) { return Same(value, one); });
    if (name == "anyOf") return AnyOf(rule, [&](const Json& one) { return Keeps(value, one); });
    if (name == "allOf") return !AnyOf(rule, [&](const Json& one) { return !Keeps(value, one); });
    if (name == "if") return !Keeps(value, rule) || Keeps(value, *schema.Find("then"));
    if (name == "$ref") return Keeps(value, Definition(*rule.string()));
    if (value.object() != nullptr && IsObjectWord(name)) return KeepsObject(value, schema, word);
    if (value.array() != nullptr && name == "items") {
      return !AnyOf(value, [&](const Json& one) { return !Keeps(one, rule); });
    }
    if (name == "minItems") return !value.array() || Within(value.array()->size(), rule, 1);
    if (name == "minLength") return !value.string() || Within(Length(value), rule, 1);
    if (name == "maxLength") return !value.string() || Within(Length(value), rule, -1);
    if (name == "minimum") return !value.integer() || *value.integer() >= *rule.integer();
    if (name == "maximum") return !value.integer() || *value.integer() <= *rule.integer();
    if (name == "pattern") {
      return !value.string() || std::regex_search(*value.string(), std::regex(*rule.string()));
    }
    if (IsObjectWord(name) || name == "items") return true;
    throw std::runtime_error("unknown keyword " + name);
  }

  static bool IsObjectWord(const std::string& name) {
    return name == "properties" || name == "required" || name == "additionalProperties";
  }

  [[nodiscard]] bool KeepsObject(const Json& value, const Json& schema,
                                 const Json::Member& word) const {
    if (word.name == "required") {
      return !AnyOf(word.value, [&](const Json& one) { return !value.Find(*one.string()); });
    }
    for (const Json::Member& member : *value.object()) {
      const Json* of_member = schema.Find("properties")->Find(member.name);
      if (word.name == "additionalProperties" && of_member == nullptr) return false;
      if (word.name == "properties" && of_member != nullptr && !Keeps(member.value, *of_member)) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] const Json& Definition(const std::string& reference) const {
    const Json* found = root_.Find("$defs")->Find(reference.substr(std::string("#/$defs/").size()));
    if (found == nullptr) throw std::runtime_error("no " + reference);
    return *found;
  }

  static bool HasType(const Json& value, const std::string& type) {
    if (type == "object") return value.object() != nullptr;
    if (type == "array") return value.array() != nullptr;
    if (type == "string") return value.string() != nullptr;
    if (type == "boolean") return value.boolean() != nullptr;
    if (type == "integer") return value.integer() != nullptr;
    throw std::runtime_error("unknown type " + type);
  }

  template <typename Judge>
  static bool AnyOf(const Json& list, Judge judge) {
    return std::any_of(list.array()->begin(), list.array()->end(), judge);
  }

  static bool Same(const Json& a, const Json& b) {
    return WriteJson(a, base::JsonStyle::kOneLine) == WriteJson(b, base::JsonStyle::kOneLine);
  }

  static size_t Length(const Json& value) { return value.string()->size(); }

  static bool Within(size_t size, const Json& bound, int sign) {
    return sign * (static_cast<int64_t>(size) - *bound.integer()) >= 0;
  }

  const Json& root_;
};

}  // namespace casepack::manifest
