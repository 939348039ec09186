// Reader: any bytes, as a file or as the tar in a bundle, give members or a Status that
// says why not; and nothing is told twice or beyond the limits.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "collector/bundle/compressor.h"
#include "collector/bundle/reader.h"
#include "collector/bundle/verify.h"
#include "tests/support/engine.h"

namespace {

using casepack::bundle::Codec;
using casepack::bundle::Compressor;
using casepack::bundle::Reader;
using casepack::bundle::ReaderLimits;

void Require(bool condition) {
  if (!condition) std::abort();
}

// In memory, so that the disk does not set the pace.
class MemoryFile {
 public:
  MemoryFile() : path_("/dev/shm/casepack-fuzz-" + std::to_string(getpid())) {}
  ~MemoryFile() { unlink(path_.c_str()); }
  const std::string& Fill(std::string_view bytes) const {
    FILE* file = std::fopen(path_.c_str(), "wb");
    Require(file != nullptr);
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
    return path_;
  }

 private:
  std::string path_;
};

void ReadAll(const std::string& path) {
  const ReaderLimits limits{.members = 100,
                            .name_bytes = 200,
                            .member_bytes = 1U << 20U,
                            .total_bytes = 4U << 20U,
                            .ratio = 2000,
                            .index_bytes = 1U << 20U};
  const auto reader = Reader::Open(path, limits);
  if (!reader) {
    Require(!reader.error().message().key.empty());
    return;
  }
  const auto verified = casepack::bundle::Verify(**reader, casepack::tests::TestEngine());
  Require(verified.members <= limits.members && verified.bytes <= limits.total_bytes);
  for (const auto& item : (*reader)->index().items) {
    for (const auto& member : item.members) {
      uint64_t bytes = 0;
      static_cast<void>((*reader)->Read(member.name, [&](std::string_view part) {
        bytes += part.size();
        return true;
      }));
      Require(bytes <= limits.member_bytes);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const MemoryFile file;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ReadAll(file.Fill(bytes));
  // Past the checksums, which no fuzzer guesses.
  ReadAll(file.Fill(Compressor(Codec::kGzip).Compress(bytes)));
  return 0;
}
