// Rewrite: any bytes, as an archive of any kind, give a report within the bounds or a
// Status that says why not; a null sink takes what is written.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/archive/encode.h"
#include "collector/archive/rewrite.h"
#include "tests/archive/test_filters.h"

namespace {

using casepack::archive::Bounds;
using casepack::archive::Filter;

void Require(bool condition) {
  if (!condition) std::abort();
}

class NullSink : public casepack::os::ByteSink {
 public:
  casepack::base::Status Write(std::string_view more) override {
    bytes += more.size();
    return {};
  }
  casepack::base::Status Commit() override { return {}; }
  uint64_t bytes = 0;
};

class StringSink : public NullSink {
 public:
  casepack::base::Status Write(std::string_view more) override {
    text.append(more);
    return {};
  }
  std::string text;
};

void RewriteAll(std::string_view bytes) {
  Bounds bounds;
  bounds.depth = 2;
  bounds.max_bytes = 4U << 20U;
  bounds.free_bytes = 1U << 20U;
  bounds.max_entries = 200;
  bounds.max_entry = 1U << 20U;
  bounds.decoder_memory = 16U << 20U;
  bounds.header_bytes = 1U << 20U;
  bounds.max_rows = 10;
  const casepack::archive::Filters filters = casepack::tests::TestFilters();
  casepack::archive::MemorySource in(bytes);
  NullSink out;
  const auto report = casepack::archive::Rewrite(in, out, filters, bounds);
  if (!report) {
    Require(!report.error().message().key.empty() && out.bytes == 0);
    return;
  }
  Require(report->entries <= bounds.max_entries + 1 && report->rows.size() <= bounds.max_rows);
  Require(out.bytes > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  RewriteAll(bytes);
  // Past the checksums, which no fuzzer guesses.
  StringSink packed;
  const auto encoder = casepack::archive::OpenEncoder(packed, static_cast<Filter>(data[0] % 9));
  Require(encoder->Write(bytes).ok() && encoder->Commit().ok());
  RewriteAll(packed.text);
  return 0;
}
