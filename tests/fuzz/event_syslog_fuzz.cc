// ParseCef and ParseLeef: any bytes; every event is within its limits.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collector/analysis/event_cef.h"
#include "collector/analysis/event_leef.h"
#include "tests/fuzz/event_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace casepack::analysis;  // NOLINT(google-build-using-namespace)
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CheckParser(ParseCef, text);
  CheckParser(ParseLeef, text);
  return 0;
}
