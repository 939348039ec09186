// ParseJson: any bytes give a value or a Status that names a place; a value that we write
// is read back as the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/base/json.h"

namespace {

using casepack::base::Json;
using casepack::base::JsonLimits;
using casepack::base::JsonStyle;

void Require(bool condition) {
  if (!condition) std::abort();
}

void RoundTrip(const Json& value, JsonStyle style) {
  const std::string text = WriteJson(value, style);
  // Written with escapes and breaks a text may be longer than it was, and no deeper.
  const auto again = casepack::base::ParseJson(text);
  Require(again.has_value());
  Require(casepack::base::WriteJson(*again, style) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const JsonLimits limits{.bytes = 64U << 10U, .depth = 16, .values = 1000};
  const auto parsed = casepack::base::ParseJson(text, limits);
  if (parsed) {
    Require(parsed->place.line > 0 && parsed->place.column > 0);
    RoundTrip(*parsed, JsonStyle::kOneLine);
    RoundTrip(*parsed, JsonStyle::kIndented);
    return 0;
  }
  Require(parsed.error().code() == casepack::base::Code::kInvalid);
  Require(!parsed.error().message().key.empty());
  return 0;
}
