// The readers of times: lines, what people type, zones, and the cutter that works with them.
// Any bytes; what is read is within its text, and cutting does not depend on the pieces.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/records/cutter.h"
#include "collector/records/time_format.h"
#include "collector/records/typed_time.h"

namespace {

using casepack::base::Timestamp;
using namespace casepack::records;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::string Cut(std::string_view text, size_t piece, const Span& span) {
  FormatSet formats;
  formats.Learn(text, Timestamp::max());
  const Zone zone;
  std::string out;
  Cutter cutter(EncodingOf(text), formats, Timeline(zone, {}), span, [&](std::string_view bytes) {
    out += bytes;
    return casepack::base::Status();
  });
  for (size_t at = 0; at < text.size(); at += piece)
    Require(cutter.Feed(text.substr(at, piece)).ok());
  Require(cutter.Finish().ok());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto dated = DateOfLine(text)) {
    Require(dated->stamp.end <= text.size() && dated->format != nullptr);
    const auto again = ReadStamp(dated->format->layout, text.substr(0, dated->stamp.end));
    Require(again && again->clock == dated->stamp.clock);
  }
  DateOfField(text);
  const Timestamp now = Timestamp(std::chrono::hours(500'000));
  const auto zone = Zone::FromTzif(text);
  ParseTypedTime(text, now, zone.value_or(Zone()));
  if (zone) Require(zone->InstantsOf(now).earlier <= zone->InstantsOf(now).later);
  if (const auto posix = Zone::FromPosix(text)) {
    const auto instants = posix->InstantsOf(now);
    Require(instants.earlier <= instants.later);
  }
  if (const auto around = ParseAround(text)) {
    Require(around->before.count() >= 0 && around->after.count() >= 0);
  }
  const Span all;
  const std::string whole = Cut(text, size + 1, all);
  Require(whole.size() <= text.size());
  Require(Cut(text, 1, all) == whole);
  Require(Cut(text, 37, all) == whole);
  return 0;
}
