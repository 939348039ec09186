// Logs made for a test, and the parts of one as a plain loop over all of it finds them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "collector/base/time.h"
#include "collector/records/cutter.h"
#include "collector/records/locate.h"

namespace casepack::tests {

inline base::Timestamp At(std::string_view text) { return *base::ParseUtc(text); }

inline records::Source SourceOf(const std::string& text, records::Encoding encoding) {
  records::Source source;
  source.size = text.size();
  source.encoding = encoding;
  source.read = [&text](uint64_t offset, std::span<char> buffer) -> base::Result<size_t> {
    if (offset >= text.size()) return size_t{0};
    return text.copy(buffer.data(), buffer.size(), offset);
  };
  source.next_data = [](uint64_t offset) { return offset; };
  return source;
}

// In pieces of that size.
inline std::string Cut(const std::string& text, records::Encoding encoding,
                       records::FormatSet& formats, const records::Zone& zone,
                       const records::Span& span, base::Timestamp near, size_t piece,
                       records::CutCounts* counts = nullptr) {
  std::string out;
  records::Cutter cutter(encoding, formats, records::Timeline(zone, near), span,
                         [&](std::string_view bytes) {
                           out += bytes;
                           return base::Status();
                         });
  for (size_t at = 0; at < text.size(); at += piece)
    EXPECT_TRUE(cutter.Feed(std::string_view(text).substr(at, piece)).ok());
  EXPECT_TRUE(cutter.Finish().ok());
  if (counts != nullptr) *counts = cutter.counts();
  return out;
}

inline std::string ToUtf16Le(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

}  // namespace casepack::tests
