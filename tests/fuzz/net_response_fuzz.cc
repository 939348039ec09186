// ResponseReader: any bytes, cut anywhere, are the same answer or the same refusal, and no
// more of them is kept than was allowed. The first byte says how they are cut.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/os/net_response.h"

namespace {

using casepack::os::ResponseReader;

constexpr size_t kMost = 4096;

void Require(bool condition) {
  if (!condition) std::abort();
}

struct Told {
  ResponseReader::State state;
  std::string reason;
  std::string body;
  int status;
  bool operator==(const Told&) const = default;
};

Told Read(std::string_view text, size_t piece) {
  ResponseReader reader(kMost);
  for (size_t at = 0; at < text.size(); at += piece)
    reader.Feed(text.substr(at, piece));
  const auto state = reader.End();
  Require(state != ResponseReader::State::kMore);
  Require((state == ResponseReader::State::kBad) == !reader.reason().empty());
  Require(reader.response().body.size() <= kMost);
  if (state == ResponseReader::State::kBad) return {state, reader.reason(), {}, 0};
  Require(reader.response().status >= 200 && reader.response().status <= 999);
  return {state, {}, reader.response().body, reader.response().status};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Told whole = Read(text, std::max<size_t>(1, text.size()));
  Require(Read(text, size_t{data[0] % 16U} + 1) == whole);
  return 0;
}
