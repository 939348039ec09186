// What the machine says of a name in its file system.
#pragma once

#include <cstdint>
#include <string>

#include "collector/base/time.h"

namespace casepack::os {

enum class FileType {
  kRegular,
  kDirectory,
  kSymlink,
  kFifo,
  kSocket,
  kBlockDevice,
  kCharDevice,
  kUnknown
};

struct FileInfo {
  FileType type = FileType::kUnknown;
  uint64_t size = 0;  // bytes, as the file system says: /proc says 0, a sparse file what it spans
  uint64_t allocated = 0;  // bytes on disk
  base::Timestamp modified{};
  uint32_t mode = 0;  // permission bits
  uint32_t owner = 0;
  uint32_t group = 0;
  uint64_t device = 0;
  uint64_t inode = 0;
};

}  // namespace casepack::os
