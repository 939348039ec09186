// The one place in the archive's tests that knows how a redaction stream is made.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "collector/archive/rewrite.h"
#include "tests/support/engine.h"

namespace casepack::tests {

inline archive::Filters TestFilters() {
  archive::Filters filters;
  filters.open = [](redaction::Sink sink) {
    return redaction::Stream(tests::TestEngine(), std::move(sink));
  };
  filters.name = [](std::string_view name) {
    return redaction::RedactText(tests::TestEngine(), name, nullptr);
  };
  return filters;
}

}  // namespace casepack::tests
