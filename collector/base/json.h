// JSON as a plain value that remembers where in its text it stood, so that a problem in
// a manifest can be named by line and column. Objects keep the order of their members,
// so that what we write is the same bytes each time.
//
// A value type, free to move between threads. The JSON library itself is seen by
// json.cc alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "collector/base/result.h"

namespace casepack::base {

struct Place {  // 1-based, columns in characters; 0 where a value was not read from a text
  uint32_t line = 0;
  uint32_t column = 0;
};

class Json {
 public:
  using Array = std::vector<Json>;
  struct Member;
  using Object = std::vector<Member>;

  Json();  // null
  Json(const Json& other);
  Json(Json&& other) noexcept;
  Json& operator=(const Json& other);
  Json& operator=(Json&& other) noexcept;
  ~Json();
  // Made from what it holds without a word: that is what it is for.
  // NOLINTBEGIN(google-explicit-constructor)
  Json(bool value);
  Json(int value);
  Json(int64_t value);
  Json(uint64_t value);  // a double when it is above what an int64_t holds
  Json(double value);
  Json(const char* value);
  Json(std::string_view value);
  Json(std::string value);
  Json(Array value);
  Json(Object value);
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  // Each is nullptr when the value is of another type.
  [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&value_); }
  [[nodiscard]] const int64_t* integer() const { return std::get_if<int64_t>(&value_); }
  [[nodiscard]] const double* number() const { return std::get_if<double>(&value_); }
  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value_); }
  [[nodiscard]] const Array* array() const { return std::get_if<Array>(&value_); }
  [[nodiscard]] const Object* object() const { return std::get_if<Object>(&value_); }
  Array* array() { return std::get_if<Array>(&value_); }
  Object* object() { return std::get_if<Object>(&value_); }

  // The member of that name, or nullptr (also when this is no object).
  [[nodiscard]] const Json* Find(std::string_view name) const;
  // Its string or integer, or the given default.
  [[nodiscard]] std::string StringOr(std::string_view name, std::string_view otherwise) const;
  [[nodiscard]] int64_t IntegerOr(std::string_view name, int64_t otherwise) const;
  // Appends; the caller keeps names unique. Turns a null into an object.
  void Set(std::string name, Json value);
  // Appends. Turns a null into an array.
  void Push(Json value);

  Place place;

 private:
  std::variant<std::monostate, bool, int64_t, double, std::string, Array, Object> value_;
};

struct Json::Member {  // NOLINT(misc-no-recursion): copied with the tree
  std::string name;
  Json value;
  Place place;  // of the name
};

struct JsonLimits {  // refuses larger texts: kInvalid, before memory is used for them
  size_t bytes = 64U << 20U;
  size_t depth = 64;
  size_t values = 4'000'000;
};

// RFC 8259. Fails with kInvalid and args line, column for text that is not JSON, is over
// a limit, or names an object's member twice.
Result<Json> ParseJson(std::string_view text, const JsonLimits& limits = {});

enum class JsonStyle { kOneLine, kIndented };
// UTF-8; bytes that are not become U+FFFD. A double that is no number becomes null. Ends
// without a line break.
std::string WriteJson(const Json& value, JsonStyle style);

}  // namespace casepack::base
