// ParseEvents: any bytes in any encoding; what comes out is UTF-8 and within its limits.
// And the parts of it that take a text of their own: encodings, times, folded names.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collector/analysis/event_encoding.h"
#include "collector/analysis/event_forms.h"
#include "collector/analysis/event_text.h"
#include "collector/analysis/event_time.h"
#include "tests/fuzz/event_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casepack::analysis;  // NOLINT(google-build-using-namespace)
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string text = EventTextToUtf8(bytes);
  Require(casepack::base::IsUtf8(text) && text.find('\0') == std::string::npos);
  Require(text.size() <= 3 * bytes.size());
  const ParsedEvents parsed = ParseEvents(bytes, TestWords(), kFuzzLimits);
  CheckEvents(parsed, true);
  CheckMeanings(parsed);
  Require(casepack::base::IsUtf8(FoldEventName(text)));
  Require(casepack::base::IsUtf8(FoldEventClause(text)));
  EventLines lines(text);
  while (lines.Next()) {
    if (const auto time = ParseEventTime(lines.line())) {
      const std::string shown = casepack::base::FormatUtc(time->instant);
      Require(shown >= "1969" && shown < "2201");
    }
  }
  return 0;
}
