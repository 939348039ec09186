#include "redaction/marker.h"
#include "redaction/stream.h"

namespace casepack::redaction {

std::string RedactText(const EnginePtr& engine, std::string_view text, Counts* counts) {
  std::string out;
  Stream stream(engine, [&out](std::string_view part) { out.append(part); });
  stream.Feed(text);
  stream.Finish();
  if (stream.withheld()) {
    out.clear();
    AppendMarker(&out, id::kNotText, counts);
    return out;
  }
  if (counts != nullptr) {
    for (const auto& [rule, count] : stream.counts())
      (*counts)[rule] += count;
  }
  return out;
}

}  // namespace casepack::redaction
