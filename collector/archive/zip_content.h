// The content of one entry of a zip, unpacked, and checked against what the zip says of
// it. One thread; the zip and the budget are lent.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "collector/archive/decode.h"
#include "collector/archive/zip_table.h"

namespace casepack::archive {

class ZipContent : public ByteSource {
 public:
  ZipContent(RandomAccess& zip, const ZipRow& row, uint64_t offset, Budget& budget);

  // kInvalid, with the last bytes given: another CRC or size than was said.
  // kUnsupported: packed in a way that is unknown here.
  base::Result<size_t> Read(std::span<char> buffer) override;
  // Behind what was read.
  [[nodiscard]] uint64_t end() const;

 private:
  base::Status Check();

  ZipRow row_;
  RandomAccess& zip_;
  const uint64_t offset_;
  RangeSource range_;
  std::unique_ptr<ByteSource> front_;  // a header that the zip does not have as such
  std::unique_ptr<Decoded> decoded_;
  uint64_t size_ = 0;
  uint32_t crc_ = 0;
  base::Status failure_;
};

}  // namespace casepack::archive
