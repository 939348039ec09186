// Stream: what comes out does not depend on how the input was cut, and is never withheld
// in one way of cutting only. The first two bytes choose the cut. One input of sixteen is
// also put where a buffer of the scanner ends in it: far on in a long text it is redacted as
// it is at the beginning of a short one.
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

void CheckWhereABufferEnds(const std::string& text, size_t place) {
  constexpr std::string_view kLine =
      "a line like any other, of some sixty-three letters or numbers.\n";
  constexpr size_t kEnd = size_t{1} << 16;  // of the first buffer, or near it
  // What a rule may see of the text behind it, and what the doors before the scanner keep.
  constexpr size_t kAhead = 8192 + 300;
  if (text.size() - place > kAhead || text.find('\0') != std::string::npos) return;
  // Line ends: thousands of blanks might be a value, of which only the end of the text tells
  // that it is empty.
  const std::string tail(kAhead - (text.size() - place), '\n');
  std::string before;
  while (before.size() + kLine.size() <= kEnd - place)
    before += kLine;
  before += std::string(kEnd - place - before.size(), '\n');
  const Result near = Redact(text + tail, 0, size_t{1} << 20);
  const std::string far_text = before + text + tail;
  const Result far = Redact(far_text, 0, far_text.size() - 1);
  if (near.withheld || far.withheld) return;
  if (far.text != before + near.text) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const size_t first = text.empty() ? 0 : data[0] * text.size() / 256;
  const Result whole = Redact(text, text.size(), 1);
  if (!(Redact(text, first, data[1] + size_t{1}) == whole)) std::abort();
  if (text.size() < 2000 && !(Redact(text, 0, 1) == whole)) std::abort();
  if (data[1] % 16 == 0) CheckWhereABufferEnds(std::string(text), first);
  return 0;
}
