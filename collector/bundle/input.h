// The file of a bundle that somebody gave us, read at any offset. One thread.
#pragma once

#include <cstdint>
#include <fstream>
#include <memory>
#include <span>
#include <string>

#include "collector/base/result.h"

namespace casepack::bundle {

class Input {
 public:
  // kMissing, kDenied; kInvalid for what is no regular file.
  static base::Result<std::unique_ptr<Input>> Open(const std::string& path);

  [[nodiscard]] uint64_t size() const { return size_; }
  // Bytes read: less than asked at the end of the file or when the disk fails.
  size_t ReadAt(uint64_t offset, std::span<char> buffer);

 private:
  Input(std::ifstream file, uint64_t size) : file_(std::move(file)), size_(size) {}
  std::ifstream file_;
  uint64_t size_;
};

}  // namespace casepack::bundle
