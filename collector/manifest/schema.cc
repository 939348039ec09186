#include "collector/manifest/schema.h"

#include <string>
#include <utility>

#include "collector/manifest/format.h"
#include "collector/manifest/option_parse.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

using base::Json;

Json Type(const char* type) { return Json::Object{{"type", type, {}}}; }

Json Ref(const std::string& name) { return Json::Object{{"$ref", "#/$defs/" + name, {}}}; }

Json Text() {
  Json text = Type("string");
  text.Set("minLength", 1);
  return text;
}

Json Pattern(std::string_view pattern) {
  Json text = Type("string");
  text.Set("pattern", pattern);
  return text;
}

Json Integer(Json least, Json most) {
  Json integer = Type("integer");
  if (!least.is_null()) integer.Set("minimum", std::move(least));
  if (!most.is_null()) integer.Set("maximum", std::move(most));
  return integer;
}

Json Choice(std::string_view choices) {
  Json::Array words;
  for (std::string& word : SplitChoices(choices))
    words.emplace_back(std::move(word));
  return Json::Object{{"enum", std::move(words), {}}};
}

Json Either(Json one, Json other) {
  return Json::Object{{"anyOf", Json::Array{std::move(one), std::move(other)}, {}}};
}

Json ListOf(Json element, Empty empty) {
  Json list = Type("array");
  list.Set("items", std::move(element));
  if (empty == Empty::kRefused) list.Set("minItems", 1);
  return list;
}

Json OneOrMore(const Json& element) { return Either(element, ListOf(element, Empty::kRefused)); }

// An object that has these members, perhaps a comment, and no other.
Json Closed(Json properties, Json::Array required) {
  properties.Set(std::string(kComment), true);
  Json object = Type("object");
  object.Set("properties", std::move(properties));
  if (!required.empty()) object.Set("required", std::move(required));
  object.Set("additionalProperties", false);
  return object;
}

Json Id(std::string_view pattern) {
  Json id = Pattern(pattern);
  id.Set("maxLength", uint64_t{kMaxIdLength});
  return id;
}

// A size or a span as base/units.h reads it, or a number.
Json Size(Json least, Json most) {
  return Either(Integer(std::move(least), std::move(most)),
                Pattern("^[0-9]+(B|[KMGTPEkmgtpe](iB|B)?)?$"));
}

Json Span(Json least, Json most) {
  return Either(Integer(std::move(least), std::move(most)),
                Pattern("^([0-9]+|(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?)$"));
}

Json FieldSchema(const Field& field) {
  const bool required = field.presence == Presence::kRequired;
  switch (field.type) {
    case FieldType::kText:
      return Text();
    case FieldType::kTextList:
      return Either(Text(), ListOf(Type("string"), required ? Empty::kRefused : Empty::kAllowed));
    case FieldType::kInteger:
      return Type("integer");
    case FieldType::kSize:
      return Size(0, {});
    case FieldType::kDuration:
      return Span(0, {});
    case FieldType::kFlag:
      return Type("boolean");
    case FieldType::kChoice:
      return Choice(field.choices);
  }
  return {};
}

// What an item's "with" holds when it is of that kind.
Json OptionsSchema(const KindFields& kind) {
  Json properties(Json::Object{});
  Json::Array required;
  for (const Field& field : kind.fields) {
    Json schema = FieldSchema(field);
    Json fallback = FallbackValue(field);
    if (!fallback.is_null()) schema.Set("default", std::move(fallback));
    properties.Set(std::string(field.name), std::move(schema));
    if (field.presence == Presence::kRequired) required.emplace_back(field.name);
  }
  return Closed(std::move(properties), std::move(required));
}

// if kind is that one, then "with" is as its fields say
Json KindRule(const KindFields& kind) {
  Json is(Json::Object{});
  is.Set("properties", Json::Object{{"kind", Json::Object{{"const", Json(kind.name), {}}}, {}}});
  is.Set("required", Json::Array{"kind"});
  Json options = OptionsSchema(kind);
  const bool needed = options.Find("required") != nullptr;
  Json then(Json::Object{});
  then.Set("properties", Json::Object{{"with", std::move(options), {}}});
  if (needed) then.Set("required", Json::Array{"with"});
  Json rule(Json::Object{});
  rule.Set("if", std::move(is));
  rule.Set("then", std::move(then));
  return rule;
}

Json ItemSchema(std::span<const KindFields> kinds) {
  Json::Array names;
  Json::Array rules;
  for (const KindFields& kind : kinds) {
    names.emplace_back(kind.name);
    rules.push_back(KindRule(kind));
  }
  Json properties(Json::Object{});
  properties.Set("id", Id(kItemIdPattern));
  properties.Set("title", Ref("title"));
  properties.Set("kind", Json::Object{{"enum", std::move(names), {}}});
  properties.Set("with", Type("object"));
  properties.Set("when", Ref("when"));
  properties.Set("limits", Ref("limits"));
  properties.Set("priority", Integer(kPriorityRange.least, kPriorityRange.most));
  properties.Set("consent", Choice(kConsents));
  properties.Set("facts", ListOf(Ref("fact"), Empty::kAllowed));
  properties.Set("events", Choice(kEventForms));
  Json item = Closed(std::move(properties), {"id", "title", "kind"});
  if (!rules.empty()) item.Set("allOf", std::move(rules));
  return item;
}

Json FactValue() {
  return Json::Object{{"type", Json::Array{"string", "integer", "number", "boolean"}, {}}};
}

Json FactSchema() {
  Json where = Type("object");
  where.Set("additionalProperties", OneOrMore(Type("string")));
  Json map = Type("object");
  map.Set("additionalProperties", FactValue());
  Json properties(Json::Object{});
  properties.Set("item", Id(kItemIdPattern));
  properties.Set("key", Pattern("^[A-Za-z0-9._{}/-]{1,200}$"));
  properties.Set("from", Choice(kFactFroms));
  properties.Set("give", Choice(kFactGives));
  properties.Set("take", Choice(kFactTakes));
  properties.Set("type", Choice(kFactTypes));
  properties.Set("class", Choice(kFactClasses));
  for (const char* text : {"pattern", "value_pattern", "name", "pointer", "member"})
    properties.Set(text, Text());
  properties.Set("where", std::move(where));
  properties.Set("map", std::move(map));
  properties.Set("verified", Type("boolean"));
  return Closed(std::move(properties), {"key"});
}

Json DerivedSchema() {
  Json map = Type("object");
  map.Set("additionalProperties", Text());
  Json properties(Json::Object{});
  properties.Set("key", Pattern("^[A-Za-z0-9._{}/-]{1,200}$"));
  properties.Set("text", Text());
  properties.Set("difference", ListOf(Text(), Empty::kRefused));
  properties.Set("map", std::move(map));
  properties.Set("class", Choice(kFactClasses));
  properties.Set("verified", Type("boolean"));
  return Closed(std::move(properties), {"key"});
}

Json ConditionSchema() {
  Json event(Json::Object{});
  event.Set("id", OneOrMore(Type("integer")));
  event.Set("text", OneOrMore(Text()));
  Json properties(Json::Object{});
  for (const char* list : {"all", "any"})
    properties.Set(list, ListOf(Ref("condition"), Empty::kRefused));
  properties.Set("not", Ref("condition"));
  for (const char* key : {"fact", "finding", "matches", "eq_fact", "ne_fact", "lt_fact", "le_fact",
                          "gt_fact", "ge_fact"})
    properties.Set(key, Text());
  for (const char* value : {"eq", "ne", "lt", "le", "gt", "ge"})
    properties.Set(value, OneOrMore(FactValue()));
  properties.Set("exists", Type("boolean"));
  properties.Set("event", Closed(std::move(event), {}));
  properties.Set("always", Json::Object{{"const", true, {}}});
  for (const char* words : {"role", "platform", "is"})
    properties.Set(words, OneOrMore(Text()));
  properties.Set("verified", Type("boolean"));
  return Closed(std::move(properties), {});
}

Json FindingSchema() {
  Json properties(Json::Object{});
  properties.Set("id", Id(kItemIdPattern));
  properties.Set("title", Ref("title"));
  for (const char* condition : {"when", "confirmed", "likely", "possible", "ruled_out"})
    properties.Set(condition, Ref("condition"));
  for (const char* title : {"remedy", "settle"})
    properties.Set(title, Ref("title"));
  properties.Set("faq", Text());
  properties.Set("rank", Integer(0, 100));
  properties.Set("verified", Type("boolean"));
  return Closed(std::move(properties), {"id", "title"});
}

Json CheckSchema() {
  Json properties(Json::Object{});
  properties.Set("id", Id(kItemIdPattern));
  properties.Set("title", Ref("title"));
  for (const char* condition : {"when", "problem", "ok"})
    properties.Set(condition, Ref("condition"));
  for (const char* list : {"findings", "show"})
    properties.Set(list, OneOrMore(Text()));
  for (const char* title : {"remedy", "unknown"})
    properties.Set(title, Ref("title"));
  return Closed(std::move(properties), {"id", "title"});
}

Json RoleSchema() {
  Json properties(Json::Object{});
  properties.Set("role", Id(kIdPattern));
  properties.Set("when", Ref("condition"));
  return Closed(std::move(properties), {"role", "when"});
}

Json StateSchema() {
  Json properties(Json::Object{});
  properties.Set("state", Id(kIdPattern));
  properties.Set("title", Ref("title"));
  properties.Set("when", Ref("condition"));
  properties.Set("since", OneOrMore(Text()));
  return Closed(std::move(properties), {"state", "title", "when"});
}

Json TitleSchema() {
  Json properties(Json::Object{});
  properties.Set("en", Pattern("[^ ]"));
  properties.Set("ja", Pattern("[^ ]"));
  return Closed(std::move(properties), {"en", "ja"});
}

Json WhenSchema() {
  Json properties(Json::Object{});
  properties.Set("platform", OneOrMore(Choice(kPlatforms)));
  properties.Set("exists", OneOrMore(Pattern(R"(^(/|[A-Za-z]:[\\/]))")));
  return Closed(std::move(properties), {});
}

// Texts with a length that does not fit every log.
Json Texts(size_t shortest) {
  Json text = Type("string");
  text.Set("minLength", uint64_t{shortest});
  return OneOrMore(text);
}

Json EvidenceSchema() {
  Json properties(Json::Object{});
  properties.Set("id", Id(kItemIdPattern));
  properties.Set("title", Ref("title"));
  properties.Set("paths", Texts(2));
  properties.Set("texts", Texts(2));
  properties.Set("ids", Texts(1));
  properties.Set("anchors", Texts(2));
  properties.Set("from", Texts(2));
  properties.Set("fallback", Type("boolean"));
  properties.Set("verified", Type("boolean"));
  return Closed(std::move(properties), {"id", "title", "paths"});
}

Json LimitsSchema() {
  const auto most = std::chrono::duration_cast<std::chrono::seconds>(kTimeoutRange.most);
  Json properties(Json::Object{});
  properties.Set("timeout", Span(1, int64_t{most.count()}));
  properties.Set("max_bytes", Size(kMaxBytesRange.least, kMaxBytesRange.most));
  properties.Set("max_files", Integer(kMaxFilesRange.least, kMaxFilesRange.most));
  return Closed(std::move(properties), {});
}

}  // namespace

Json Schema(std::span<const KindFields> kinds) {
  Json properties(Json::Object{});
  properties.Set(std::string(kVersionMember), Json::Object{{"const", kVersion, {}}});
  properties.Set("id", Id(kIdPattern));
  properties.Set("product", Id(kIdPattern));
  properties.Set("title", Ref("title"));
  properties.Set("when", Ref("when"));
  properties.Set("items", ListOf(Ref("item"), Empty::kAllowed));
  properties.Set("facts", ListOf(Ref("fact"), Empty::kAllowed));
  properties.Set("derived", ListOf(Ref("derived"), Empty::kAllowed));
  properties.Set("roles", ListOf(Ref("role"), Empty::kAllowed));
  properties.Set("states", ListOf(Ref("state"), Empty::kAllowed));
  properties.Set("findings", ListOf(Ref("finding"), Empty::kAllowed));
  properties.Set("checklist", ListOf(Ref("check"), Empty::kAllowed));
  properties.Set("evidence", ListOf(Ref("evidence"), Empty::kAllowed));

  Json definitions(Json::Object{});
  definitions.Set("item", ItemSchema(kinds));
  definitions.Set("title", TitleSchema());
  definitions.Set("when", WhenSchema());
  definitions.Set("limits", LimitsSchema());
  definitions.Set("fact", FactSchema());
  definitions.Set("derived", DerivedSchema());
  definitions.Set("condition", ConditionSchema());
  definitions.Set("finding", FindingSchema());
  definitions.Set("check", CheckSchema());
  definitions.Set("role", RoleSchema());
  definitions.Set("state", StateSchema());
  definitions.Set("evidence", EvidenceSchema());

  Json schema(Json::Object{});
  schema.Set("$schema", "https://json-schema.org/draft/2020-12/schema");
  Json file = Closed(std::move(properties), {std::string(kVersionMember), "id", "title", "items"});
  for (Json::Member& member : *file.object()) {
    schema.Set(std::move(member.name), std::move(member.value));
  }
  schema.Set("$defs", std::move(definitions));
  return schema;
}

}  // namespace casepack::manifest
