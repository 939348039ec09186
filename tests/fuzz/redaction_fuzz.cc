// Stream: what comes out does not depend on how the input was cut, and is never withheld
// in one way of cutting only. The first two bytes choose the cut.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "redaction/stream.h"
#include "tests/support/engine.h"

namespace {

using casepack::redaction::Counts;
using casepack::redaction::Stream;

struct Result {
  std::string text;
  Counts counts;
  bool withheld = false;
  bool operator==(const Result&) const = default;
};

Result Redact(std::string_view text, size_t first, size_t block) {
  Result result;
  Stream stream(casepack::tests::TestEngine(),
                [&result](std::string_view part) { result.text.append(part); });
  stream.Feed(text.substr(0, first));
  for (size_t i = first; i < text.size(); i += block)
    stream.Feed(text.substr(i, block));
  stream.Finish();
  result.counts = stream.counts();
  result.withheld = stream.withheld();
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const size_t first = text.empty() ? 0 : data[0] * text.size() / 256;
  const Result whole = Redact(text, text.size(), 1);
  if (!(Redact(text, first, data[1] + size_t{1}) == whole)) std::abort();
  if (text.size() < 2000 && !(Redact(text, 0, 1) == whole)) std::abort();
  return 0;
}
