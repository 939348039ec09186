// A file that can be read anywhere, however it is opened. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "collector/base/result.h"
#include "collector/records/encoding.h"

namespace casepack::records {

struct Source {
  uint64_t begin = 0;  // behind a byte-order mark
  uint64_t size = 0;
  Encoding encoding = Encoding::kBytes;
  // Bytes read, 0 at the end.
  std::function<base::Result<size_t>(uint64_t offset, std::span<char> buffer)> read;
  // The first offset at or behind this one that holds data: holes are passed over.
  std::function<uint64_t(uint64_t offset)> next_data;
};

}  // namespace casepack::records
