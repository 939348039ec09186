#include "collector/bundle/fields.h"

#include <limits>
#include <optional>

namespace casepack::bundle {
namespace {

constexpr double kAboveUnsigned = 18446744073709551616.0;
constexpr int64_t kMostMilliseconds = std::numeric_limits<int64_t>::max() / 1'000'000;

std::optional<uint64_t> Unsigned(const base::Json& value) {
  if (const int64_t* integer = value.integer()) {
    return *integer < 0 ? std::nullopt : std::optional(static_cast<uint64_t>(*integer));
  }
  const double* number = value.number();  // above what an int64_t holds
  if (number == nullptr || !(*number >= 0) || !(*number < kAboveUnsigned)) return std::nullopt;
  return static_cast<uint64_t>(*number);
}

}  // namespace

void Fields::Read(const char* name, std::string* out) {
  const base::Json* value = object_.Find(name);
  if (value == nullptr) return;
  if (value->string() == nullptr) return Wrong(name);
  *out = *value->string();
}

void Fields::Read(const char* name, uint64_t* out) {
  const base::Json* value = object_.Find(name);
  if (value == nullptr) return;
  const std::optional<uint64_t> number = Unsigned(*value);
  if (!number) return Wrong(name);
  *out = *number;
}

void Fields::Read(const char* name, int* out) {
  const base::Json* value = object_.Find(name);
  if (value == nullptr) return;
  const int64_t* number = value->integer();
  if (number == nullptr || *number < std::numeric_limits<int>::min() ||
      *number > std::numeric_limits<int>::max()) {
    return Wrong(name);
  }
  *out = static_cast<int>(*number);
}

void Fields::Read(const char* name, bool* out) {
  const base::Json* value = object_.Find(name);
  if (value == nullptr) return;
  if (value->boolean() == nullptr) return Wrong(name);
  *out = *value->boolean();
}

void Fields::Read(const char* name, base::Timestamp* out) {
  std::string text;
  Read(name, &text);
  if (text.empty()) return;
  const std::optional<base::Timestamp> time = base::ParseUtc(text);
  if (!time) return Wrong(name);
  *out = *time;
}

void Fields::ReadMilliseconds(const char* name, base::Duration* out) {
  const base::Json* value = object_.Find(name);
  if (value == nullptr) return;
  const int64_t* number = value->integer();
  if (number == nullptr || *number < -kMostMilliseconds || *number > kMostMilliseconds)
    return Wrong(name);
  *out = std::chrono::milliseconds(*number);
}

}  // namespace casepack::bundle
