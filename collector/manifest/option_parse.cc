#include "collector/manifest/option_parse.h"

#include <cassert>
#include <optional>
#include <string>
#include <utility>

#include "collector/manifest/members.h"
#include "collector/manifest/value.h"

namespace casepack::manifest {
namespace {

template <typename T>
std::optional<Options::Value> AsValue(std::optional<T> read) {
  if (!read) return std::nullopt;
  return Options::Value(*std::move(read));
}

std::optional<Options::Value> ReadOption(const base::Json& value, const Field& field,
                                         ProblemList& problems) {
  const bool required = field.presence == Presence::kRequired;
  switch (field.type) {
    case FieldType::kText:
      return AsValue(ReadText(value, problems));
    case FieldType::kTextList:
      return AsValue(ReadTextList(value, required ? Empty::kRefused : Empty::kAllowed, problems));
    case FieldType::kInteger:
      return AsValue(ReadInteger(value, problems));
    case FieldType::kSize:
      return AsValue(ReadSize(value, problems));
    case FieldType::kDuration:
      return AsValue(ReadDuration(value, problems));
    case FieldType::kFlag:
      return AsValue(ReadFlag(value, problems));
    case FieldType::kChoice:
      return AsValue(ReadChoice(value, field.choices, problems));
  }
  return std::nullopt;
}

std::optional<Options::Value> ReadFallback(const Field& field) {
  const base::Json value = FallbackValue(field);
  if (value.is_null()) return std::nullopt;
  ProblemList problems("");
  std::optional<Options::Value> read = ReadOption(value, field, problems);
  assert(read && "a kind's fallback is not of its own type");
  return read;
}

}  // namespace

base::Json FallbackValue(const Field& field) {
  if (field.fallback.empty()) return {};
  if (field.type != FieldType::kInteger && field.type != FieldType::kFlag) return field.fallback;
  base::Result<base::Json> value = base::ParseJson(field.fallback);
  assert(value && "a kind's fallback is no JSON");
  return value ? *std::move(value) : base::Json();
}

Options ParseOptions(const base::Json& with, std::span<const Field> fields, ProblemList& problems) {
  Options options;
  Members members(with, problems, Members::What::kOption);
  for (const Field& field : fields) {
    const bool required = field.presence == Presence::kRequired;
    const base::Json* given = required ? members.Require(field.name) : members.Find(field.name);
    std::optional<Options::Value> value =
        given != nullptr ? ReadOption(*given, field, problems) : ReadFallback(field);
    if (value) options.Set(std::string(field.name), *std::move(value));
  }
  members.Finish();
  return options;
}

}  // namespace casepack::manifest
