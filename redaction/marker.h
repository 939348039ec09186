// The one form in which something removed is told: [REDACTED:rule-id].
#pragma once

#include <string>
#include <string_view>

#include "redaction/grammar.h"
#include "redaction/stream.h"

namespace casepack::redaction {

inline void Count(Counts* counts, std::string_view rule) {
  if (counts == nullptr) return;
  const auto row = counts->find(rule);
  if (row != counts->end()) {
    ++row->second;
  } else {
    counts->emplace(rule, 1);
  }
}

inline void AppendMarker(std::string* out, std::string_view rule, Counts* counts) {
  out->append(kMarkerStart).append(rule).push_back(']');
  Count(counts, rule);
}

// The length of the marker that `text` begins with, 0 when it begins with none. In the
// name of a file the colon is a dash.
constexpr size_t MarkerLength(std::string_view text) {
  const std::string_view word = kMarkerStart.substr(0, kMarkerStart.size() - 1);
  if (text.substr(0, word.size()) != word || text.size() <= kMarkerStart.size()) return 0;
  if (text[word.size()] != ':' && text[word.size()] != '-') return 0;
  size_t i = kMarkerStart.size();
  const size_t longest = i + 48;
  for (; i < text.size() && i < longest; ++i) {
    const char c = text[i];
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) break;
  }
  const bool whole = i > kMarkerStart.size() && i < text.size() && text[i] == ']';
  return whole ? i + 1 : 0;
}

}  // namespace casepack::redaction
