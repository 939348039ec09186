// A regular file, open for reading. Whoever holds it owns the descriptor; it is closed
// once. One thread at a time.
#pragma once

#include <cstdint>
#include <span>

#include "collector/base/result.h"
#include "collector/os/file_info.h"

namespace casepack::os {

class File {
 public:
  File(int handle, FileInfo info) : handle_(handle), info_(info) {}
  ~File() { Close(); }
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;  // closes what it held
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  // As it was when opened; the file may grow, shrink or vanish while it is read.
  [[nodiscard]] const FileInfo& info() const { return info_; }

  // Bytes read, 0 at the end. Reads again after EINTR.
  base::Result<size_t> Read(std::span<char> buffer);
  base::Status Seek(uint64_t offset);
  // The first offset at or after `from` that holds data (SEEK_DATA), so that the holes of
  // a sparse file cost nothing. `from` where the file system cannot tell.
  [[nodiscard]] uint64_t NextData(uint64_t from) const;

 private:
  void Close();
  int handle_;
  FileInfo info_;
};

}  // namespace casepack::os
